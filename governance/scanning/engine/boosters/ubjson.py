"""UBJSON, draft 12, as XGBoost writes it: read within bounds into the values of JSON."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.cursor import Cursor, Truncated
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.report import Json

_WHOLE = {b"i": 1, b"U": 1, b"I": 2, b"u": 2, b"l": 4, b"L": 8}
_UNSIGNED = (b"U", b"u")
_REAL = {b"d": ">f", b"D": ">d"}
_CONSTANTS: dict[bytes, Json] = {b"Z": None, b"T": True, b"F": False}
_CODES = {b"i": "b", b"U": "B", b"I": "h", b"u": "H", b"l": "i", b"L": "q", b"d": "f", b"D": "d"}
_MAX_DEPTH = 100
_MAX_TEXT = 1024 * 1024


class Malformed(Exception):
    """The bytes are no UBJSON; the message says where."""


@dataclass(slots=True)
class _Open:
    """A list or object that is being read; ``left`` counts its members, None where a mark ends it."""

    value: list[Json] | dict[str, Json]
    left: int | None


class Parser:
    """One pass over one value."""

    def __init__(self, reader: Reader, meter: Meter) -> None:
        self.cursor = Cursor(reader)
        self._meter = meter
        self.repeated: list[str] = []
        """Names that occurred twice in one object."""

    def parse(self) -> Json:
        """The value; raises Malformed."""
        try:
            return self._parse()
        except Truncated:
            raise Malformed("it breaks off") from None

    def _parse(self) -> Json:
        root, opened = self._value(self._mark())
        stack = [opened] if opened else []
        while stack:
            top = stack[-1]
            self._meter.spend_steps(1)
            if len(stack) > _MAX_DEPTH:
                raise Malformed(f"it is nested more than {_MAX_DEPTH} deep")
            if self._is_done(top):
                stack.pop()
                continue
            opened = self._member(top)
            if opened:
                stack.append(opened)
        return root

    def _is_done(self, top: _Open) -> bool:
        if top.left is not None:
            top.left -= 1
            return top.left < 0
        end = b"]" if isinstance(top.value, list) else b"}"
        mark = self._mark()
        if mark == end:
            return True
        self._pushed = mark
        return False

    _pushed = b""

    def _mark(self) -> bytes:
        if self._pushed:
            mark, self._pushed = self._pushed, b""
            return mark
        mark = self.cursor.take(1)
        while mark == b"N":
            mark = self.cursor.take(1)
        return mark

    def _member(self, top: _Open) -> _Open | None:
        if isinstance(top.value, list):
            value, opened = self._value(self._mark())
            top.value.append(value)
            return opened
        name = self._text(self._mark())
        if name in top.value:
            self.repeated.append(name[:80])
        top.value[name], opened = self._value(self._mark())
        return opened

    def _value(self, mark: bytes) -> tuple[Json, _Open | None]:
        if mark in _CONSTANTS:
            return _CONSTANTS[mark], None
        if mark in _WHOLE:
            return self._whole(mark), None
        if mark in _REAL:
            kind = _REAL[mark]
            found: float = struct.unpack(kind, self.cursor.take(struct.calcsize(kind)))[0]
            return found, None
        if mark == b"S":
            return self._text(self._mark()), None
        if mark == b"[":
            return self._list()
        if mark == b"{":
            return self._object()
        raise Malformed(f"nothing begins with {mark!r} before byte {self.cursor.position:,}")

    def _whole(self, mark: bytes) -> int:
        width = _WHOLE[mark]
        return int.from_bytes(self.cursor.take(width), "big", signed=mark not in _UNSIGNED)

    def _count(self, mark: bytes) -> int:
        if mark not in _WHOLE:
            raise Malformed(f"a length is no number before byte {self.cursor.position:,}")
        count = self._whole(mark)
        if count < 0 or count > self.cursor.size:
            raise Malformed(f"a length is {count:,} before byte {self.cursor.position:,}")
        return count

    def _text(self, mark: bytes) -> str:
        length = self._count(mark)
        if length > _MAX_TEXT:
            raise Malformed(f"a text of {length:,} bytes")
        return self.cursor.take(length).decode("utf-8", "replace")

    def _list(self) -> tuple[Json, _Open | None]:
        made: list[Json] = []
        mark = self._mark()
        if mark == b"$":
            kind = self.cursor.take(1)
            if self.cursor.take(1) != b"#" or kind not in _CODES:
                raise Malformed(f"a list of unknown kind before byte {self.cursor.position:,}")
            count = self._count(self._mark())
            self._meter.spend_steps(count)
            code = f">{count}{_CODES[kind]}"
            made.extend(struct.unpack(code, self.cursor.take(struct.calcsize(code))))
            return made, None
        if mark == b"#":
            return made, _Open(made, self._count(self._mark()))
        self._pushed = mark
        return made, _Open(made, None)

    def _object(self) -> tuple[Json, _Open | None]:
        made: dict[str, Json] = {}
        mark = self._mark()
        if mark == b"#":
            return made, _Open(made, self._count(self._mark()))
        self._pushed = mark
        return made, _Open(made, None)
