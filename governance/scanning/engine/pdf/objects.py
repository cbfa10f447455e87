"""The values of PDF: names, strings, numbers, references, arrays and dictionaries, wherever they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from governance.scanning.engine.media.structure import Broken, need

WHITE = b"\0\t\n\f\r "
_GAP = re.compile(rb"(?:[\0\t\n\f\r ]+|%[^\r\n]*)*")
_NAME = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]*)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_REFERENCE = re.compile(
    rb"(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>\[\]{}/%])"
)
_WORD = re.compile(rb"[^\0\t\n\f\r ()<>\[\]{}/%]+")
_HEX = re.compile(rb"<([0-9A-Fa-f\0\t\n\f\r ]*)>")
_IN_STRING = re.compile(rb"[()\\]")
_DEPTH = 100
_LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its escapes undone, so that ``/J#53`` is ``/JS``."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Points at another object by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Word:
    """A number, true, false, null, or something that should not be there."""

    text: bytes


Value = Name | Reference | Word | bytes | list["Value"] | dict[str, "Value"]


def skip(data: bytes, at: int) -> int:
    """The next place that is neither white space nor a comment."""
    match = _GAP.match(data, at)
    end = match.end() if match else at
    need(
        end - at <= _LONGEST_COMMENT or not data[at:end].strip(WHITE),
        "a comment in it is as long as a file",
    )
    return end


def value(data: bytes, at: int, depth: int = 0) -> tuple[Value, int]:
    """The value that begins at the next place that means something, and where it ends; raises Broken."""
    at = skip(data, at)
    need(depth < _DEPTH, "its parts are nested too deep")
    if data.startswith(b"<<", at):
        return _dictionary(data, at + 2, depth)
    first = data[at : at + 1]
    if first == b"[":
        return _array(data, at + 1, depth)
    if first == b"(":
        return _string(data, at)
    if first == b"/":
        return _name(data, at)
    return _simple(data, at)


def _simple(data: bytes, at: int) -> tuple[Value, int]:
    if data[at : at + 1] == b"<":
        match = _HEX.match(data, at)
        if not match:
            raise Broken(f"the text at byte {at:,} has no end")
        digits = match[1].translate(None, WHITE)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), match.end()
    match = _REFERENCE.match(data, at)
    if match:
        return Reference(int(match[1])), match.end()
    match = _WORD.match(data, at)
    if not match:
        raise Broken(f"at byte {at:,} stands something that means nothing")
    return Word(match[0]), match.end()


def _name(data: bytes, at: int) -> tuple[Name, int]:
    match = _NAME.match(data, at)
    if not match:
        raise Broken(f"at byte {at:,} stands something that means nothing")
    text = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), match[1])
    return Name(text.decode("latin-1")), match.end()


def _dictionary(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    found: dict[str, Value] = {}
    while True:
        at = skip(data, at)
        if data.startswith(b">>", at):
            return found, at + 2
        key, at = _name(data, at)
        inner, at = value(data, at, depth + 1)
        need(key.text not in found, f"at byte {at:,} /{key.text} is said twice")
        found[key.text] = inner


def _array(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    found: list[Value] = []
    while True:
        at = skip(data, at)
        if data[at : at + 1] == b"]":
            return found, at + 1
        inner, at = value(data, at, depth + 1)
        found.append(inner)


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    start, level = at + 1, 0
    while True:
        match = _IN_STRING.search(data, at)
        if not match:
            raise Broken(f"the text at byte {start:,} has no end")
        at = match.end() + (match[0] == b"\\")
        level += (match[0] == b"(") - (match[0] == b")")
        if level == 0:
            return data[start : at - 1], at


def whole(one: Value | None) -> int | None:
    """A whole number; None for everything else."""
    if isinstance(one, Word) and one.text.isdigit() and len(one.text) < 15:
        return int(one.text)
    return None
