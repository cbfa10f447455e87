"""Version 5: elements that say their kind and length, one for each array, most of them packed by zlib.

Cells and structures hold arrays in turn. Objects and functions are not followed: what becomes of them is up to MATLAB.
"""

from __future__ import annotations

import codecs
import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

from governance.scanning.engine import rules
from governance.scanning.engine.archive.inflate import Unpacked
from governance.scanning.engine.archive.streams import Zlib
from governance.scanning.engine.matfile.text import Heard
from governance.scanning.engine.media.structure import Broken, need
from governance.scanning.engine.reader import Reader, SliceReader

_HEADER = 128
_SUBSYSTEM = slice(116, 124)
_MATRIX, _PACKED = 14, 15
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4, 7: 4, 9: 8, 12: 8, 13: 8, 16: 1, 17: 2, 18: 4}
_DECODERS = {
    (width, order): codecs.getdecoder(f"utf-{8 * width}-{order[0]}e")
    for width in (2, 4)
    for order in ("little", "big")
}
"""Looked up early: a scan that has given up its rights cannot import them any more."""
_CELL, _STRUCTURE, _OBJECT, _TEXT, _SPARSE = 1, 2, 3, 4, 5
_NUMBERS = range(6, 16)
_BYTES = (8, 9)
_FUNCTION, _OPAQUE = 16, 17
_ODD = {
    _OBJECT: "an object of one of MATLAB's classes",
    _FUNCTION: "a function",
    _OPAQUE: "an object whose form is not documented",
}
_COMPLEX = 0x08
_DEEPEST = 500
_MOST_AXES = 64
_LONGEST = 1024 * 1024

Order = Literal["little", "big"]


class _Element(NamedTuple):
    kind: int
    start: int
    length: int
    following: int
    """Where the next element begins."""


@dataclass(slots=True)
class _Frame:
    """An array that is being read, and how many arrays inside it are left."""

    end: int
    left: int


def walk(heard: Heard, reader: Reader) -> None:
    """Element by element to the end; raises Broken."""
    header = reader.read_at(0, _HEADER)
    need(len(header) == _HEADER, "it breaks off")
    orders: dict[bytes, Order] = {b"IM": "little", b"MI": "big"}
    order = orders.get(header[126:])
    if order is None or int.from_bytes(header[124:126], order) != 0x0100:
        raise Broken("its header names no version that is known")
    if header[_SUBSYSTEM].strip(b" \0"):
        heard.subject.add(rules.matlab.OBJECTS, "It has a part for objects and functions.")
    position = _HEADER
    while position < reader.size:
        heard.subject.meter.spend_members(1)
        element = _element(reader, position, order, reader.size)
        if element.kind == _PACKED:
            _unpack(heard, SliceReader(reader, element.start, element.length), order)
            position = element.start + element.length
        else:
            _Arrays(
                heard, SliceReader(reader, position, element.following - position), order
            ).read()
            position = element.following


def _unpack(heard: Heard, packed: Reader, order: Order) -> None:
    unpacked = Unpacked(Zlib(packed, heard.subject.meter))
    need(not unpacked.flaw, unpacked.flaw)
    need(not unpacked.unused, "bytes follow the end of a packed array")
    _Arrays(heard, unpacked.reader, order).read()


def _element(reader: Reader, at: int, order: Order, end: int) -> _Element:
    """The element that begins here; a small one stands in the place of its own length."""
    head = reader.read_at(at, 8)
    need(len(head) == 8 and at + 8 <= end, f"it breaks off at byte {at:,}")
    first = int.from_bytes(head[:4], order)
    if first >> 16:
        need(first >> 16 <= 4, f"the small element at byte {at:,} is too long")
        return _Element(first & 0xFFFF, at + 4, first >> 16, at + 8)
    length, start = int.from_bytes(head[4:], order), at + 8
    padding = 0 if first in (_MATRIX, _PACKED) else -length % 8
    following = start + length + padding
    need(following <= end, f"the element at byte {at:,} ends after the whole")
    return _Element(first, start, length, following)


class _Arrays:
    """Reads one array and all that it holds."""

    def __init__(self, heard: Heard, reader: Reader, order: Order) -> None:
        self._heard = heard
        self._reader = reader
        self._order = order
        self._at = 0
        self._end = reader.size
        """Where the array ends whose parts are being read."""

    def read(self) -> None:
        """Follow it to its last byte; raises Broken."""
        frames = [_Frame(self._reader.size, 1)]
        while frames:
            frame = frames[-1]
            self._end = frame.end
            if not frame.left:
                need(self._at == frame.end, f"bytes at {self._at:,} of an array belong to nothing")
                frames.pop()
                continue
            frame.left -= 1
            element = self._next()
            need(element.kind == _MATRIX, f"no array stands at byte {element.start:,}")
            if element.length:
                need(len(frames) < _DEEPEST, "its arrays are nested too deep")
                self._at, self._end = element.start, element.following
                frames.append(_Frame(element.following, self._array()))
        self._heard.arrays += 1

    def _next(self) -> _Element:
        """The element here; the place moves behind it."""
        self._heard.subject.meter.spend_steps(1)
        element = _element(self._reader, self._at, self._order, self._end)
        self._at = element.following
        return element

    def _array(self) -> int:
        """Read what describes an array, and its numbers; returns how many arrays follow inside it."""
        flags = int.from_bytes(self._content(self._next(), 8)[:4], self._order)
        kind, is_complex = flags & 0xFF, bool(flags >> 8 & _COMPLEX)
        if kind == _OPAQUE:
            return self._odd(kind)
        count = self._count()
        self._heard.keep(self._content(self._next()))
        if kind in _ODD:
            return self._odd(kind)
        if kind == _CELL:
            return self._inside(count)
        if kind == _STRUCTURE:
            return self._inside(count * self._fields())
        self._values(kind, count, is_complex)
        return 0

    def _odd(self, kind: int) -> int:
        self._heard.subject.add(rules.matlab.OBJECTS, f"It holds {_ODD[kind]}.")
        self._at = self._end
        return 0

    def _inside(self, count: int) -> int:
        """Every array takes at least eight bytes."""
        need(count <= (self._end - self._at) // 8, "it says that it holds more than can be there")
        return count

    def _content(self, element: _Element, length: int | None = None) -> bytes:
        need(
            length in (None, element.length), f"the element at byte {element.start:,} is too short"
        )
        return self._reader.read_at(element.start, min(element.length, _LONGEST))

    def _count(self) -> int:
        """The product of the array's dimensions."""
        content = self._content(self._next())
        need(8 <= len(content) <= 4 * _MOST_AXES and not len(content) % 4, "it has no dimensions")
        return math.prod(
            int.from_bytes(content[at : at + 4], self._order) for at in range(0, len(content), 4)
        )

    def _fields(self) -> int:
        """How many fields a structure has: names of one width, one behind the other."""
        width = int.from_bytes(self._content(self._next(), 4), self._order)
        names = self._next()
        need(width or not names.length, "the fields of a structure have no names")
        need(not width or not names.length % width, "the names of fields are not of one width")
        content = self._content(names)
        self._heard.keep(b"\n".join(content.replace(b"\0", b" ").split()))
        return names.length // width if width else 0

    def _values(self, kind: int, count: int, is_complex: bool) -> None:  # noqa: FBT001 - a bit of the header
        need(kind in _NUMBERS or kind in (_TEXT, _SPARSE), f"it holds an array of the kind {kind}")
        parts = 1 + is_complex
        if kind == _SPARSE:
            for _ in range(2 + parts):
                self._numbers(self._next())
            return
        if self._at == self._end and not count:
            return
        for _ in range(parts):
            element = self._next()
            width = self._numbers(element)
            fits = kind == _TEXT or element.length == count * width
            need(fits, f"the array at byte {element.start:,} is not as long as its dimensions say")
            if kind == _TEXT:
                self._text(element)
            elif kind in _BYTES:
                self._heard.bytes_at(self._reader, element.start, element.length)

    def _numbers(self, element: _Element) -> int:
        width = _WIDTHS.get(element.kind, 0)
        need(width, f"the element at byte {element.start:,} holds no numbers")
        need(not element.length % width, f"the numbers at byte {element.start:,} break off")
        return width

    def _text(self, element: _Element) -> None:
        content = self._content(element)
        decode = _DECODERS.get((_WIDTHS[element.kind], self._order))
        self._heard.keep(
            decode(content, "ignore")[0].encode("utf-8", "ignore") if decode else content
        )
