"""Reading the front of a GGUF file: numbers, settings and the list of tensors, in either byte order.

The settings of a model hold its vocabulary, so there may be millions of values. Arrays of numbers are skipped; strings are
stepped over one by one, because only so it shows that they end where the next begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.cursor import Cursor, Truncated
from governance.scanning.engine.reader import Reader

MAGIC = b"GGUF"
VERSIONS = (1, 2, 3)
MAX_NAME = 65_535
MAX_DIMS = 4
_WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_BOOL, _STRING, _ARRAY = 7, 8, 9
_SIGNED = frozenset({1, 3, 5, 11})
_INTEGERS = frozenset({0, 1, 2, 3, 4, 5, 10, 11})
_KEPT = 1_000_000
_ARRAYS_IN_ARRAYS = 4


class Malformed(Exception):
    """The bytes are no such header; carries where that shows."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


class UnknownVersion(Exception):
    """A version that is not known here."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A key with its type, and its value as far as it is one number or one text."""

    key: str
    kind: int
    offset: int
    number: int | None = None
    text: str | None = None
    is_cut: bool = False
    """The text is longer than what is kept of it."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor of the list."""

    name: str
    dims: list[int]
    kind: int
    offset: int


@dataclass(slots=True)
class Header:
    """Everything in front of the tensors' bytes."""

    version: int
    is_big: bool
    settings: list[Setting] = field(default_factory=list)
    tensors: list[Tensor] = field(default_factory=list)
    end: int = 0


class HeaderReader:
    """One pass over the front of a file; raises Malformed, UnknownVersion, BudgetExceeded."""

    def __init__(self, reader: Reader, meter: Meter) -> None:
        self._size = reader.size
        self._cursor = Cursor(reader)
        self._meter = meter
        self.header = Header(0, is_big=False)

    def read(self) -> Header:
        """Read it; what was read before a failure stays in ``header``."""
        try:
            self._read()
        except Truncated:
            raise Malformed("the file ends inside the header", self._size) from None
        return self.header

    def _read(self) -> None:
        self._cursor.take(len(MAGIC))
        header = self.header
        version = self._cursor.take(4)
        header.is_big = int.from_bytes(version, "little") & 0xFFFF == 0
        header.version = int.from_bytes(version, "big" if header.is_big else "little")
        if header.version not in VERSIONS:
            raise UnknownVersion(str(header.version))
        tensors, settings = self._count(), self._count()
        self._fits(tensors, 4 + 4 + 4 + 8, "tensors")
        self._fits(settings, 4 + 4 + 1, "settings")
        for _ in range(settings):
            self._setting()
        for _ in range(tensors):
            self._tensor()
        header.end = self._cursor.position

    def _setting(self) -> None:
        self._meter.spend_fields(1)
        offset = self._cursor.position
        key = self._name("a key")
        kind = self._number(4)
        if kind == _STRING:
            length = self._length("text")
            text = self._text(min(length, _KEPT))
            self._cursor.skip(length - min(length, _KEPT))
            self.header.settings.append(
                Setting(key, kind, offset, text=text, is_cut=length > _KEPT)
            )
        elif kind == _ARRAY:
            self._array(0)
            self.header.settings.append(Setting(key, kind, offset))
        else:
            value = self._scalar(kind)
            number = value if kind in _INTEGERS else None
            self.header.settings.append(Setting(key, kind, offset, number=number))

    def _scalar(self, kind: int) -> int:
        offset = self._cursor.position
        if kind not in _WIDTHS:
            raise Malformed(f"there is no type {kind:,}", offset)
        raw = self._cursor.take(_WIDTHS[kind])
        if kind == _BOOL and raw[0] > 1:
            raise Malformed("a truth value is neither true nor false", offset)
        return int.from_bytes(
            raw, "big" if self.header.is_big else "little", signed=kind in _SIGNED
        )

    def _array(self, depth: int) -> None:
        offset = self._cursor.position
        kind, count = self._number(4), self._count()
        width = 4 if kind in (_STRING, _ARRAY) else _WIDTHS.get(kind)
        if width is None:
            raise Malformed(f"there is no type {kind:,}", offset)
        self._fits(count, width, "values in a list")
        if kind == _STRING:
            self._strings(count)
        elif kind == _ARRAY:
            if depth >= _ARRAYS_IN_ARRAYS:
                raise Malformed("lists lie too deep in one another", offset)
            self._meter.spend_fields(count)
            for _ in range(count):
                self._array(depth + 1)
        elif kind == _BOOL:
            self._truths(count, offset)
        else:
            self._cursor.skip(count * width)

    def _strings(self, count: int) -> None:
        self._meter.spend_fields(count)
        for _ in range(count):
            self._cursor.skip(self._length("text in a list"))

    def _truths(self, count: int, offset: int) -> None:
        while count:
            chunk = self._cursor.take(min(count, 1 << 20))
            if chunk.translate(None, b"\0\1"):
                raise Malformed("a truth value is neither true nor false", offset)
            count -= len(chunk)

    def _tensor(self) -> None:
        self._meter.spend_fields(1)
        name = self._name("a tensor's name")
        offset = self._cursor.position
        rank = self._number(4)
        if rank > MAX_DIMS:
            raise Malformed(f"tensor {name!r} has {rank:,} dimensions", offset)
        width = 4 if self.header.version == 1 else 8
        dims = [self._number(width) for _ in range(rank)]
        self.header.tensors.append(Tensor(name, dims, self._number(4), self._number(8)))

    def _name(self, what: str) -> str:
        offset = self._cursor.position
        length = self._length(what)
        if length > MAX_NAME:
            raise Malformed(f"{what} is {length:,} bytes long", offset)
        try:
            return self._cursor.take(length).decode("utf-8")
        except UnicodeDecodeError:
            raise Malformed(f"{what} is not text", offset) from None

    def _text(self, length: int) -> str:
        return self._cursor.take(length).decode("utf-8", "replace")

    def _length(self, what: str) -> int:
        offset = self._cursor.position
        length = self._count()
        if length > self._size - self._cursor.position:
            raise Malformed(f"{what} says that it is {length:,} bytes long, but the file ends before", offset)  # fmt: skip
        return length

    def _fits(self, count: int, width: int, what: str) -> None:
        if count * width > self._size - self._cursor.position:
            raise Malformed(
                f"{count:,} {what} do not fit into the rest of the file", self._cursor.position
            )

    def _count(self) -> int:
        """Counts and lengths: four bytes in the first version, eight since."""
        return self._number(4 if self.header.version == 1 else 8)

    def _number(self, width: int) -> int:
        return int.from_bytes(self._cursor.take(width), "big" if self.header.is_big else "little")
