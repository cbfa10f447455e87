"""Version 4: a header of twenty bytes, a name and raw numbers, again and again to the end.

Nothing marks such a file, so it is known by its first array and by how the next one follows it.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from governance.scanning.engine.matfile.text import Heard
from governance.scanning.engine.media.structure import Broken, need
from governance.scanning.engine.reader import Reader

_HEADER = 20
_LONGEST_NAME = 64
_WIDTHS = (8, 4, 4, 2, 2, 1)
_LETTERS = "dfihHB"
_TEXT, _SPARSE = 1, 2
_MOST_LETTERS = 64 * 1024


class _Array(NamedTuple):
    order: str
    """Which byte of a number comes first, as ``struct`` says it."""
    kind: int
    form: int
    """Which numbers: an index into the widths."""
    name: bytes
    start: int
    items: int

    @property
    def end(self) -> int:
        return self.start + self.items * _WIDTHS[self.form]


def begins_here(reader: Reader, head: bytes) -> bool:
    """Whether an array stands at the beginning, and another one or the end behind it."""
    first = _array(reader, 0, head)
    if first is None or first.end > reader.size:
        return False
    return first.end == reader.size or _array(reader, first.end) is not None


def walk(heard: Heard, reader: Reader) -> None:
    """Array by array to the end; raises Broken."""
    position = 0
    while position < reader.size:
        heard.subject.meter.spend_steps(1)
        array = _array(reader, position)
        if array is None:
            raise Broken(f"no array begins at byte {position:,}")
        need(array.end <= reader.size, "its last array breaks off")
        heard.arrays += 1
        heard.keep(array.name)
        if array.kind == _TEXT:
            heard.keep(_text(reader, array))
        elif _WIDTHS[array.form] == 1:
            heard.bytes_at(reader, array.start, array.items)
        position = array.end


def _array(reader: Reader, at: int, head: bytes = b"") -> _Array | None:
    header = head[:_HEADER] or reader.read_at(at, _HEADER)
    if len(header) < _HEADER:
        return None
    order = "<" if header[2:4] == b"\0\0" else ">"
    mode, rows, columns, has_imaginary, length = struct.unpack(order + "5I", header)
    machine, form, kind = mode // 1000, mode // 10 % 10, mode % 10
    is_mode = machine == (order == ">") and mode % 1000 < 100 and form < len(_WIDTHS)
    if not (is_mode and kind <= _SPARSE and has_imaginary < 2 and 2 <= length <= _LONGEST_NAME):
        return None
    name = reader.read_at(at + _HEADER, length)
    letters = name[:-1]
    if len(name) < length or name[-1] or not letters.isascii():
        return None
    if not letters.decode("ascii").isidentifier():
        return None
    start = at + _HEADER + length
    return _Array(order, kind, form, letters, start, rows * columns * (1 + has_imaginary))


def _text(reader: Reader, array: _Array) -> bytes:
    """Letters are kept as numbers, column by column."""
    count = min(array.items, _MOST_LETTERS)
    content = reader.read_at(array.start, count * _WIDTHS[array.form])
    values = struct.unpack(f"{array.order}{count}{_LETTERS[array.form]}", content)
    return bytes(int(value) for value in values if 0 <= value < 256)
