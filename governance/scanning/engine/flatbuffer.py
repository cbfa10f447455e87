"""FlatBuffers, read where they lie: every offset is checked before it is followed."""

from __future__ import annotations

from dataclasses import dataclass

_MOST = 1_000_000


class BadBuffer(Exception):
    """An offset or a length leads out of the bytes; the message says what did."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table at ``at``; fields are asked for by their number in the schema."""

    data: bytes
    at: int

    def field(self, number: int) -> int:
        """Where the field stands; 0 when it is absent."""
        layout = self.at - _signed(self.data, self.at, 4)
        size = _unsigned(self.data, layout, 2)
        slot = 4 + 2 * number
        if slot + 2 > size:
            return 0
        offset = _unsigned(self.data, layout + slot, 2)
        return self.at + offset if offset else 0

    def number(self, number: int, width: int, default: int = 0) -> int:
        """A whole number with sign."""
        at = self.field(number)
        return _signed(self.data, at, width) if at else default

    def table(self, number: int) -> Table | None:
        """A table that the field points at."""
        at = self.field(number)
        return Table(self.data, _follow(self.data, at)) if at else None

    def text(self, number: int) -> bytes:
        """The bytes of a string; empty when it is absent."""
        at = self.field(number)
        if not at:
            return b""
        start, count = _vector(self.data, at, 1)
        return self.data[start : start + count]

    def tables(self, number: int) -> list[Table]:
        """The tables of a vector."""
        at = self.field(number)
        if not at:
            return []
        start, count = _vector(self.data, at, 4)
        return [Table(self.data, _follow(self.data, start + 4 * index)) for index in range(count)]

    def structs(self, number: int, width: int) -> list[bytes]:
        """The structs of a vector, ``width`` bytes each."""
        at = self.field(number)
        if not at:
            return []
        start, count = _vector(self.data, at, width)
        return [self.data[start + width * n : start + width * (n + 1)] for n in range(count)]


def root(data: bytes, at: int = 0) -> Table:
    """The table that a whole buffer is; raises BadBuffer."""
    return Table(data, _follow(data, at))


def _unsigned(data: bytes, at: int, width: int) -> int:
    if at < 0 or at + width > len(data):
        raise BadBuffer(f"an offset leads to byte {at:,}, outside its bytes")
    return int.from_bytes(data[at : at + width], "little")


def _signed(data: bytes, at: int, width: int) -> int:
    value = _unsigned(data, at, width)
    return value - (1 << 8 * width) if value >> 8 * width - 1 else value


def _follow(data: bytes, at: int) -> int:
    offset = _unsigned(data, at, 4)
    if not 0 < offset <= len(data) - at:
        raise BadBuffer(f"the offset at byte {at:,} leads out of its bytes")
    return at + offset


def _vector(data: bytes, at: int, width: int) -> tuple[int, int]:
    start = _follow(data, at)
    count = _unsigned(data, start, 4)
    if count > _MOST or start + 4 + count * width > len(data):
        raise BadBuffer(f"a list at byte {start:,} is longer than its bytes")
    return start + 4, count
