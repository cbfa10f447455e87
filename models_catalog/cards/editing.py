"""Setting facts in the head of a README.md and leaving every other byte of it as it is.

Pure; runs in a bounded child process, because the head may be anybody's.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping

import yaml

from models_catalog.cards.front_matter import MAX_BYTES, StrictLoader, read_front_matter

Value = str | int | float | bool | None
UNREADABLE = "unreadable"

_FENCE = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.S | re.M)
_PLAIN = re.compile(r"[A-Za-z](?:[\w ./+-]*[\w/+-])?|\d{4}-\d\d-\d\d", re.A)
# What another reader may take for something else than text.
_SPECIAL = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])
_AFTER = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)+\Z")
_BLOCKS = ("|", ">")


class CannotEdit(ValueError):
    """The head is written in a way that only its authors can change."""


def with_values(source: bytes, values: Mapping[str, Value]) -> bytes:
    """The card with these facts set; ``None`` takes one out. Raises ``CannotEdit`` rather than change anything else."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotEdit from error
    newline = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
    match = _FENCE.match(text)
    if match is None:
        bom = "\ufeff" if text.startswith("\ufeff") else ""
        lines = _lines(
            {name: value for name, value in values.items() if value is not None}, newline
        )
        edited = f"{bom}---{newline}{lines}---{newline}{text.removeprefix(bom)}" if lines else text
        return _proven("", edited, text, values)
    start, end = match.span(2)
    head = _edited(match[2], values, newline)
    return _proven(match[2], text[:start] + head + text[end:], text, values)


def _edited(head: str, values: Mapping[str, Value], newline: str) -> str:
    """The head with each value in its old place; new ones at the end."""
    known = _spans(head)
    for name, (start, end) in sorted(known.items(), key=lambda each: -each[1][0]):
        if name not in values:
            continue
        value = values[name]
        if value is None:
            first, after = head.rfind("\n", 0, start) + 1, head.find("\n", end)
            head = head[:first] + (head[after + 1 :] if after >= 0 else "")
        else:
            head = f"{head[:start]}{name}: {_written(value)}{head[end:]}"
    fresh = {n: v for n, v in values.items() if n not in known and v is not None}
    return head + _lines(fresh, newline)


def _spans(head: str) -> dict[str, tuple[int, int]]:
    """Where each fact stands, from its name to the end of its value."""
    if len(head.encode()) > MAX_BYTES:
        raise CannotEdit
    try:
        node = yaml.compose(head, Loader=StrictLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CannotEdit from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise CannotEdit
    found: dict[str, tuple[int, int]] = {}
    for key, value in node.value:
        if key.value in found:
            raise CannotEdit
        found[key.value] = (key.start_mark.index, _end_of(head, value))
    return found


def _end_of(head: str, value: yaml.Node) -> int:
    """Where a value ends: what follows a list or a block of text, up to the next name, is not part of it."""
    end: int = value.end_mark.index
    if isinstance(value, yaml.ScalarNode) and value.style not in _BLOCKS:
        return end
    if isinstance(value, yaml.ScalarNode):
        return len(head[:end].rstrip("\r\n"))
    after = _AFTER.search(head, value.start_mark.index, end)
    return after.start() if after else end


def _lines(values: Mapping[str, Value], newline: str) -> str:
    return "".join(f"{name}: {_written(value)}{newline}" for name, value in values.items())


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        digits = repr(value)
        return digits if "." in digits else digits.replace("e", ".0e")
    if isinstance(value, str) and not (_PLAIN.fullmatch(value) and value.lower() not in _SPECIAL):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _proven(head: str, edited: str, text: str, values: Mapping[str, Value]) -> bytes:
    """The edited card, once it is certain that it says what was asked, and the same as before about all else."""
    before, _problems = read_front_matter(head)
    match = _FENCE.match(edited)
    after, problems = read_front_matter(match[2] if match else "")
    own = {**before.pop("own", {}), **{k: v for k, v in values.items() if v is not None}}
    wanted = {k: v for k, v in own.items() if values.get(k, v) is not None}
    if after.pop("own", {}) != wanted or after != before or (problems and edited != text):
        raise CannotEdit
    return edited.encode()


def edit_as_json(payload: bytes) -> bytes:
    """The entry point of the child process: ``{source, values}`` → ``{source}`` or ``{refused}``."""
    asked = json.loads(payload)
    try:
        edited = with_values(base64.b64decode(asked["source"]), asked["values"])
    except CannotEdit:
        return json.dumps({"refused": UNREADABLE}).encode()
    return json.dumps({"source": base64.b64encode(edited).decode()}).encode()
