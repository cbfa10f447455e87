"""JSON: parsed within bounds, and searched for what makes its readers run code.

A JSON file does nothing by itself. Facts about what it asks of others (``auto_map``, module types) are kept for the
context judgement; chat templates are programs for Jinja and are judged by ``templates``.
"""

from __future__ import annotations

import json

from governance.scanning.engine import rules, templates
from governance.scanning.engine.analysers import json_models, weight_index
from governance.scanning.engine.report import Json
from governance.scanning.engine.subject import Subject

MAX_DEPTH = 200


def analyse(subject: Subject) -> None:
    """Parse it; what only begins like JSON is left to the analyser of plain text."""
    limit = subject.meter.budget.json_bytes
    if subject.reader.size > limit:
        subject.add(rules.texts.JSON_LIMITS, f"It is longer than {limit:,} bytes.")
        return
    try:
        value = _parse(subject.reader.read_at(0, subject.reader.size))
    except RecursionError:
        subject.add(rules.texts.JSON_LIMITS, "It is nested too deep.")
        return
    except ValueError:
        subject.is_not("json")
        return
    kinds = _module_types(value) if isinstance(value, list) else []
    if kinds:
        subject.fact("module_types", tuple(kinds))
    json_models.judge(subject, value)
    weight_index.note(subject, value)
    _walk(subject, value)


def _parse(content: bytes) -> Json:
    """Both values of a repeated key are kept: which one counts depends on who reads."""

    def keep_all(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        kept: dict[str, Json] = {}
        for key, value in pairs:
            kept[f"{key}\0{len(kept)}" if key in kept else key] = value
        return kept

    parsed: Json = json.loads(content.decode("utf-8-sig"), object_pairs_hook=keep_all)
    return parsed


def _plain(key: str) -> str:
    """A key as it stands in the file, whichever of its repetitions this is."""
    return key.split("\0", 1)[0]


def _module_types(value: list[Json]) -> list[str]:
    kinds = (
        kind if isinstance(kind, str) else "?"
        for one in value
        if isinstance(one, dict)
        for key, kind in one.items()
        if _plain(key) == "type"
    )
    return list(dict.fromkeys(kinds))


def _walk(subject: Subject, value: Json) -> None:
    found: dict[str, list[str]] = {"auto_map": [], "chat_template": []}
    pending: list[tuple[Json, int]] = [(value, 0)]
    while pending:
        one, depth = pending.pop()
        if depth > MAX_DEPTH:
            subject.add(rules.texts.JSON_LIMITS, f"It is nested more than {MAX_DEPTH} deep.")
            return
        if isinstance(one, dict):
            _note(one, found)
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        pending.extend((inner, depth + 1) for inner in inside if isinstance(inner, list | dict))
    _report(subject, found)


def _note(one: dict[str, Json], found: dict[str, list[str]]) -> None:
    """Keep what an object says under the keys that matter."""
    for key, inner in one.items():
        name = _plain(key)
        if name in ("auto_map", "custom_pipelines"):
            found["auto_map"].extend(_strings(inner))
        elif name.startswith("chat_template"):
            found["chat_template"].extend(_strings(inner))


def _report(subject: Subject, found: dict[str, list[str]]) -> None:
    if found["auto_map"]:
        subject.fact("auto_map", tuple(found["auto_map"]))
    if found["chat_template"]:
        subject.fact("chat_template", True)
    for text in dict.fromkeys(found["chat_template"]):
        for reason in templates.judge(text):
            subject.add(reason.rule, f"In line {reason.line} of a chat template: {reason.detail}.")


def _strings(value: Json) -> list[str]:
    """The strings in a value, two levels deep: {"AutoModel": ["a.B", null]}, [{"name": "x", "template": "…"}]."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found: list[str] = []
    for one in inner:
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, list):
            found.extend(item for item in one if isinstance(item, str))
        elif isinstance(one, dict):
            found.extend(item for item in one.values() if isinstance(item, str))
    return found
