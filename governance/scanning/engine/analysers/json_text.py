"""JSON: parsed within bounds, and searched for what makes its readers run code.

What it asks of others (``auto_map``, module types) is kept for the judgement of names. Notebooks are JSON as well.
Secrets are looked for by the analyser of plain text; only what is written in escapes is searched here.
"""

from __future__ import annotations

import json
import re

from governance.scanning.engine import rules, secrets
from governance.scanning.engine.analysers import (
    json_models,
    onnx_text,
    plain_text,
    told,
    weight_index,
)
from governance.scanning.engine.report import Json
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.text import LONGEST, encoding_of
from governance.scanning.engine.textual import notebook, settings
from governance.scanning.engine.textual.notes import Notes

_ESCAPED = re.compile(r"\\u00[2-7][0-9A-Fa-f]")
_LINES = 16 * 1024 * 1024


def analyse(subject: Subject) -> None:
    """Parse it; what only begins like JSON is judged as other text."""
    limit = subject.meter.budget.json_bytes
    if subject.reader.size > limit:
        _too_long(subject, limit)
        return
    content = subject.reader.read_at(0, subject.reader.size)
    try:
        text = content.decode(encoding_of(content, whole=True) or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        subject.is_not("json")
        return
    try:
        value = _parse(text)
    except RecursionError:
        subject.add(rules.texts.JSON_LIMITS, "It is nested too deep.")
    except ValueError:
        _other_text(subject, text)
    else:
        _judge(subject, text, value)


def _judge(subject: Subject, text: str, value: Json) -> None:
    notes = Notes()
    notes.tell("json_kind", type(value).__name__)
    if _ESCAPED.search(text):
        _escaped_secrets(value, notes)
    try:
        if isinstance(value, dict) and notebook.is_notebook(value):
            notebook.look(value, notes)
        else:
            settings.look(value, notes)
    except settings.TooDeep:
        subject.add(rules.texts.JSON_LIMITS, f"It is nested more than {settings.MAX_DEPTH} deep.")
    told.report(subject, notes, ("json", "text"))
    json_models.judge(subject, value)
    weight_index.note(subject, value)
    onnx_text.note(subject, value)


def _too_long(subject: Subject, limit: int) -> None:
    """Data line by line is as long as it likes; one value is not."""
    head = subject.reader.read_at(0, min(_LINES, LONGEST)).decode("utf-8", "replace")
    flaw = plain_text.json_lines(head, whole=False) if "\n" in head else ""
    if flaw is None and not head.rstrip().startswith("["):
        subject.is_not("json")
        subject.also("jsonl")
    else:
        subject.add(rules.texts.JSON_LIMITS, f"It is longer than {limit:,} bytes.")


def _other_text(subject: Subject, text: str) -> None:
    subject.is_not("json")
    notes = Notes()
    flaw = (
        plain_text.json_lines(text[:_LINES], whole=len(text) <= _LINES)
        if "\n" in text.strip()
        else ""
    )
    if flaw is None:
        subject.also("jsonl")
        return
    if flaw:
        notes.tell("lines_broken", flaw)
        told.report(subject, notes)
    plain_text.judge(subject, text[:LONGEST])


def _parse(text: str) -> Json:
    """Both values of a repeated key are kept: which one counts depends on who reads."""

    def keep_all(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        kept: dict[str, Json] = {}
        for key, value in pairs:
            kept[f"{key}\0{len(kept)}" if key in kept else key] = value
        return kept

    parsed: Json = json.loads(text, object_pairs_hook=keep_all)
    return parsed


def _escaped_secrets(value: Json, notes: Notes) -> None:
    """What a search of the bytes cannot see: texts written letter by letter."""
    texts: list[str] = []
    pending: list[Json] = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, dict):
            texts.extend(settings.plain(key) for key in one)
            pending.extend(one.values())
        elif isinstance(one, list):
            pending.extend(one)
    for found in secrets.search("\n".join(texts).encode("utf-8", "replace")):
        notes.find(found.rule, found.detail)
