"""Text: harmless in itself, unless it is a program. What its name makes of it is judged from the facts kept here."""

from __future__ import annotations

import json
import re

from governance.scanning.engine import rules, secrets, templates
from governance.scanning.engine.analysers import columns, told
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.text import LONGEST, beginning, encoding_to_the_end, pieces
from governance.scanning.engine.textual import (
    installs,
    markup,
    orders,
    python_source,
    settings,
    shell,
    yaml_text,
)
from governance.scanning.engine.textual.notes import Notes

_HEAD = 1024 * 1024
_TEMPLATE_FACTS = {
    rules.jinja.JIN_REACHES: "template_reaches",
    rules.jinja.JIN_UNREADABLE: "template_flaws",
    rules.jinja.JIN_TOO_LARGE: "template_flaws",
}
_YAML_OBJECT = re.compile(
    rb"!!python/(?!tuple|str|none|bool|int|float|unicode)|tag:yaml\.org,2002:python/"
)
_IMPORT_LINE = re.compile(r"^import[ \t]", re.MULTILINE)
_MARKUP = re.compile(
    r"<(?:script|iframe|object|embed|svg|form|meta|link|base|body|img|math|style|!doctype|!entity)\b"
    r"|<[a-z][^<>]{0,2000}[\s/\"'](?:on[a-z]{4,}|style|href|srcdoc)\s*=",
    re.IGNORECASE,
)


def analyse(subject: Subject) -> None:
    """Check that it is text to its end, and judge what it asks of its readers."""
    text = decoded(subject)
    if text is None:
        return
    look_for_secrets(subject)
    columns.analyse(subject)
    if text[:1] not in ("{", "["):
        judge(subject, text)


def decoded(subject: Subject) -> str | None:
    """The text as its readers see it, as much as is looked at as a whole; None, with a finding, when it is none."""
    encoding, flaw = encoding_to_the_end(subject.reader)
    if flaw is not None:
        subject.add(
            rules.texts.TXT_ENCODING,
            f"It begins as text, but byte {flaw:,} is something else.",
            offset=flaw,
        )
        return None
    if encoding != "utf-8":
        subject.fact("encoding", encoding)
    return beginning(subject.reader, encoding).lstrip("\ufeff")


def look_for_secrets(subject: Subject) -> None:
    """Search the whole text, piece by piece."""
    encoding, _ = encoding_to_the_end(subject.reader)
    known: set[str] = set()
    for offset, piece in pieces(subject.reader, encoding, secrets.OVERLAP):
        for one in secrets.search(piece):
            if one.detail not in known:
                known.add(one.detail)
                subject.add(one.rule, one.detail, offset=max(0, offset + one.offset))


def judge(subject: Subject, text: str) -> None:
    """Everything that a text without a form of its own may be."""
    notes = Notes()
    if subject.reader.size > LONGEST:
        _search_the_rest(subject)
    _first_line(text, notes)
    _template(text[:_HEAD], notes)
    for value in yaml_text.documents(text, notes):
        _settings(value, notes)
    python_source.look(text, notes)
    shell.look(text, notes)
    orders.look(text, notes)
    installs.look(text[:_HEAD], notes)
    if "<" in text and _MARKUP.search(text):
        _markup(text, notes)
    told.report(subject, notes)


def _first_line(text: str, notes: Notes) -> None:
    if text.startswith("#!"):
        notes.tell("shebang", text.split("\n", 1)[0][2:].strip())
    if _IMPORT_LINE.search(text):
        notes.say("import_lines")


def _template(text: str, notes: Notes) -> None:
    for reason in templates.judge(text):
        key = _TEMPLATE_FACTS.get(reason.rule, "template_doubts")
        notes.tell(key, f"{reason.detail} (line {reason.line})")


def _settings(value: object, notes: Notes) -> None:
    try:
        settings.look(value, notes, is_json=False)  # type: ignore[arg-type] # what YAML gives is as plain as JSON
    except settings.TooDeep:
        notes.find(rules.yamls.YML_LIMITS, f"It is nested more than {settings.MAX_DEPTH} deep.")


def _markup(text: str, notes: Notes) -> None:
    read = markup.read(text[:_HEAD])
    if len(text) > _HEAD:
        notes.tell("markup_outside", "more than was read")
    for what in (*read.active, *markup.entities(text)):
        notes.tell("markup_active", what)
    for what in read.outside:
        notes.tell("markup_outside", what)


def _search_the_rest(subject: Subject) -> None:
    """A tag may stand behind megabytes of nothing."""
    encoding, _ = encoding_to_the_end(subject.reader)
    for offset, piece in pieces(subject.reader, encoding, 64):
        match = _YAML_OBJECT.search(piece)
        if match:
            at = max(0, offset + match.start())
            subject.add(
                rules.yamls.YML_OBJECT,
                f"At byte {at:,} a YAML tag asks for a Python object.",
                offset=at,
            )
            return


def json_lines(text: str, *, whole: bool) -> str | None:
    """What is wrong with JSON that stands line by line; None when every line is JSON, empty for what is no such text."""
    lines = text.split("\n")
    if not whole:
        del lines[-1:]
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                json.loads(line)
            except (ValueError, RecursionError):
                return "" if number == 1 else f"Line {number:,} is no JSON"
    return None if lines else ""
