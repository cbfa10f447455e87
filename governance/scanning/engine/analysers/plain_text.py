"""UTF-8 text: harmless in itself. What its name makes of it is judged with its neighbours, from the facts kept here."""

from __future__ import annotations

import re

from governance.scanning.engine import rules, templates
from governance.scanning.engine.analysers import columns
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.text import CHUNK, first_flaw

_FACTS_BYTES = CHUNK
_YAML_OBJECT = re.compile(rb"!!python/|!<tag:yaml\.org,2002:python/|tag:yaml\.org,2002:python/")
_TEMPLATE_FACTS = {
    rules.jinja.JIN_REACHES: "template_reaches",
    rules.jinja.JIN_UNREADABLE: "template_flaws",
    rules.jinja.JIN_TOO_LARGE: "template_flaws",
}
_IMPORT_LINE = re.compile(rb"^import[ \t]", re.MULTILINE)


def analyse(subject: Subject) -> None:
    """Check that it is text to its end, and note what the context judgement asks for."""
    flaw = first_flaw(subject.reader)
    if flaw is not None:
        subject.add(
            rules.texts.TXT_ENCODING,
            f"It begins as UTF-8 text, but byte {flaw:,} is something else.",
            offset=flaw,
        )
        return
    _look_for_yaml_objects(subject)
    columns.analyse(subject)
    head = subject.reader.read_at(0, _FACTS_BYTES)
    if head.startswith(b"#!"):
        subject.fact("shebang", head.split(b"\n", 1)[0][2:].decode("utf-8", "replace"))
    if _IMPORT_LINE.search(head):
        subject.fact("import_lines", True)
    told: dict[str, list[str]] = {}
    for reason in templates.judge(head.decode("utf-8", "replace")):
        key = _TEMPLATE_FACTS.get(reason.rule, "template_doubts")
        told.setdefault(key, []).append(f"{reason.detail} (line {reason.line})")
    for key, details in told.items():
        subject.fact(key, tuple(details))


def _look_for_yaml_objects(subject: Subject) -> None:
    carried = b""
    for offset in range(0, subject.reader.size, CHUNK):
        chunk = carried + subject.reader.read_at(offset, CHUNK)
        match = _YAML_OBJECT.search(chunk)
        if match:
            at = offset - len(carried) + match.start()
            subject.add(
                rules.texts.TXT_YAML_OBJECT,
                f"At byte {at:,} a YAML tag asks for a Python object; an unsafe loader would make it.",
                offset=at,
            )
            return
        carried = chunk[-64:]
