"""MessagePack as a row of items, read without building anything."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from governance.scanning.engine.cursor import Cursor, Truncated
from governance.scanning.engine.reader import Reader

MAX_DEPTH = 500
_KEPT = 64 * 1024
"""Bytes of a text that are read; the rest is skipped."""


class Malformed(Exception):
    """The bytes are no MessagePack; the message says where."""


@dataclass(frozen=True, slots=True)
class Item:
    """One value: a map or list is followed by its members."""

    kind: str
    """nil, bool, number, text, bytes, ext, list, map."""
    offset: int
    length: int
    """Bytes of a text, bytes or extension; members of a list; pairs of a map."""
    start: int
    """Where the payload of a text, bytes or extension begins."""
    value: int | str | None = None
    """A number that is whole, a text that is short, the type of an extension."""


_FIXED = {0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}
_SIZED = {0xC4: ("bytes", 1), 0xC5: ("bytes", 2), 0xC6: ("bytes", 4), 0xD9: ("text", 1), 0xDA: ("text", 2),
          0xDB: ("text", 4), 0xC7: ("ext", 1), 0xC8: ("ext", 2), 0xC9: ("ext", 4), 0xDC: ("list", 2),
          0xDD: ("list", 4), 0xDE: ("map", 2), 0xDF: ("map", 4)}  # fmt: skip
_FIXED_EXT = {0xD4: 1, 0xD5: 2, 0xD6: 4, 0xD7: 8, 0xD8: 16}
_SIMPLE = {0xC0: "nil", 0xC2: "bool", 0xC3: "bool"}


def read(cursor: Cursor) -> Item:
    """The next item; raises Malformed."""
    at = cursor.position
    try:
        return _read(cursor, at)
    except Truncated:
        raise Malformed(f"it breaks off in the item at byte {at:,}") from None


def _read(cursor: Cursor, at: int) -> Item:
    first = cursor.byte()
    if first < 0:
        raise Truncated
    if first < 0x80 or first >= 0xE0:
        return Item("number", at, 0, at, first if first < 0x80 else first - 256)
    if first < 0xA0:
        return Item("map" if first < 0x90 else "list", at, first & 15, at + 1)
    if first < 0xC0:
        return _payload(cursor, at, "text", first & 31)
    return _marked(cursor, at, first)


def _marked(cursor: Cursor, at: int, first: int) -> Item:
    """What a byte from 0xC0 on announces."""
    if first in _SIMPLE:
        return Item(_SIMPLE[first], at, 0, at)
    if first in _FIXED:
        raw = cursor.take(_FIXED[first])
        whole = None if first < 0xCC else int.from_bytes(raw, "big", signed=first >= 0xD0)
        return Item("number", at, len(raw), at + 1, whole)
    if first in _FIXED_EXT:
        return _payload(cursor, at, "ext", _FIXED_EXT[first])
    if first not in _SIZED:
        raise Malformed(f"byte {at:,} begins nothing")
    kind, width = _SIZED[first]
    length = int.from_bytes(cursor.take(width), "big")
    if kind in ("list", "map"):
        return Item(kind, at, length, cursor.position)
    return _payload(cursor, at, kind, length)


def _payload(cursor: Cursor, at: int, kind: str, length: int) -> Item:
    code = struct.unpack("b", cursor.take(1))[0] if kind == "ext" else None
    start = cursor.position
    if kind == "text" and length <= _KEPT:
        try:
            return Item(kind, at, length, start, cursor.take(length).decode("utf-8"))
        except UnicodeDecodeError:
            return Item(kind, at, length, start)
    cursor.skip(length)
    return Item(kind, at, length, start, code)


def fits_exactly(reader: Reader, most: int) -> bool:
    """Whether the bytes are one value to their end, of no more than ``most`` items."""
    cursor = Cursor(reader)
    try:
        for count, _ in enumerate(_items(cursor)):
            if count > most:
                return False
    except Malformed:
        return False
    return cursor.position == reader.size


def _items(cursor: Cursor) -> Iterator[Item]:
    """The items of one value."""
    left = 1
    while left:
        item = read(cursor)
        left += {"list": item.length, "map": 2 * item.length}.get(item.kind, 0) - 1
        yield item
