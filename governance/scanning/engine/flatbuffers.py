"""FlatBuffers, read as bytes: tables, vectors and strings by their offsets, each held against the file.

Everything in such a file is an offset, and offsets may point anywhere: into one another, or in circles. A table is only
ever read through the fields that its format has, so a circle ends with the format; what the file repeats is paid for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.reader import Reader

_PAGE = 64 * 1024
_PAGES = 64
_MAX_TEXT = 1024 * 1024


class Malformed(Exception):
    """The bytes are no such buffer; carries where that shows."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


class Buffer:
    """The bytes of one file, read by pages, and how far into it the known parts reach."""

    def __init__(self, reader: Reader, meter: Meter) -> None:
        self.size = reader.size
        self.reach = 8
        """The end of whatever was looked at so far."""
        self.meter = meter
        self._reader = reader
        self._page = lru_cache(maxsize=_PAGES)(self._read_page)

    def root(self) -> Table:
        """The table that the file begins with."""
        return Table(self, self.offset(0))

    def piece(self, at: int, length: int) -> bytes:
        """Exactly these bytes; raises Malformed when the file ends before."""
        self.claim(at, length)
        if length > _PAGE:
            return self._reader.read_at(at, length)
        first, start = divmod(at, _PAGE)
        piece = self._page(first)[start : start + length]
        return (
            piece if len(piece) == length else piece + self._page(first + 1)[: length - len(piece)]
        )

    def claim(self, at: int, length: int) -> None:
        """These bytes are used, without looking at them."""
        if at < 0 or at + length > self.size:
            raise Malformed("something leads out of the file", min(max(at, 0), self.size))
        self.reach = max(self.reach, at + length)

    def number(self, at: int, width: int, *, signed: bool = False) -> int:
        """A number of so many bytes."""
        return int.from_bytes(self.piece(at, width), "little", signed=signed)

    def offset(self, at: int) -> int:
        """Where an offset that stands here leads."""
        distance = self.number(at, 4)
        if not distance:
            raise Malformed("an offset leads to itself", at)
        return at + distance

    def _read_page(self, number: int) -> bytes:
        return self._reader.read_at(number * _PAGE, _PAGE)


class Table:
    """One table: its fields by their numbers."""

    def __init__(self, buffer: Buffer, at: int) -> None:
        buffer.meter.spend_fields(1)
        self.at = at
        self._buffer = buffer
        self._fields = at - buffer.number(at, 4, signed=True)
        self._length = buffer.number(self._fields, 2)
        self._size = buffer.number(self._fields + 2, 2)
        if self._length < 4 or self._length % 2 or self._size < 4:
            raise Malformed("a table has no sound list of fields", at)
        buffer.claim(self._fields, self._length)
        buffer.claim(at, self._size)

    def _place(self, field: int, width: int) -> int:
        """Where a field stands; 0 when the table does not have it."""
        entry = 4 + 2 * field
        if entry + 2 > self._length:
            return 0
        distance = self._buffer.number(self._fields + entry, 2)
        if distance and (distance < 4 or distance + width > self._size):
            raise Malformed("a field stands outside of its table", self.at)
        return self.at + distance if distance else 0

    def number(self, field: int, width: int, default: int = 0, *, signed: bool = False) -> int:
        """A number in the table itself."""
        place = self._place(field, width)
        return self._buffer.number(place, width, signed=signed) if place else default

    def text(self, field: int) -> str:
        """A string; empty when there is none."""
        return self.raw(field).decode("utf-8", "replace")

    def raw(self, field: int) -> bytes:
        """The bytes of a string, which end with a zero."""
        place = self._place(field, 4)
        if not place:
            return b""
        start, length = self._vector(place, 1)
        if length > _MAX_TEXT:
            raise Malformed("a name is too long to be one", start)
        if self._buffer.piece(start + length, 1) != b"\0":
            raise Malformed("a text does not end where it says", start)
        return self._buffer.piece(start, length)

    def vector(self, field: int, width: int) -> tuple[int, int]:
        """Where a list of numbers begins and how many it has; (0, 0) when there is none."""
        place = self._place(field, 4)
        return self._vector(place, width) if place else (0, 0)

    def numbers(self, field: int, width: int = 4, most: int = 100_000) -> list[int]:
        """A list of signed numbers."""
        start, count = self.vector(field, width)
        if count > most:
            raise Malformed(f"a list has {count:,} numbers, where {most:,} are the most", start)
        raw = self._buffer.piece(start, count * width) if count else b""
        return [int.from_bytes(raw[i : i + width], "little", signed=True) for i in range(0, len(raw), width)]  # fmt: skip

    def table(self, field: int) -> Table | None:
        """A table that this one points to."""
        place = self._place(field, 4)
        return Table(self._buffer, self._buffer.offset(place)) if place else None

    def tables(self, field: int) -> Iterator[Table]:
        """A list of tables."""
        start, count = self.vector(field, 4)
        for index in range(count):
            yield Table(self._buffer, self._buffer.offset(start + 4 * index))

    def count(self, field: int) -> int:
        """How many tables a list has."""
        return self.vector(field, 4)[1]

    def _vector(self, place: int, width: int) -> tuple[int, int]:
        start = self._buffer.offset(place)
        count = self._buffer.number(start, 4)
        self._buffer.claim(start + 4, count * width)
        return start + 4, count
