"""Thrift's compact protocol, as far as Parquet uses it: into plain values, within bounds."""

from __future__ import annotations

import struct
from collections.abc import Callable

from governance.scanning.engine.media.structure import Broken, need

Value = bool | int | float | bytes | list["Value"] | dict[int, "Value"]
_TRUE, _FALSE, _BYTE, _SHORT, _INT, _LONG, _DOUBLE, _BYTES, _LIST, _SET, _MAP, _STRUCT, _UUID = (
    *range(1, 14),
)
_DEPTH = 24


class Compact:
    """A position in the bytes of one message."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data = data
        self.at = at

    def struct(self, depth: int = 0) -> dict[int, Value]:
        """The fields of a struct by their numbers."""
        need(depth < _DEPTH, "its description is nested too deep")
        found: dict[int, Value] = {}
        number = 0
        while head := self._byte():
            kind = head & 15
            number = number + (head >> 4) if head >> 4 else self._signed()
            need(number not in found, "its description says something twice")
            found[number] = kind == _TRUE if kind in (_TRUE, _FALSE) else self._value(kind, depth)
        return found

    def _value(self, kind: int, depth: int) -> Value:
        readers: dict[int, Callable[[], Value]] = {
            **dict.fromkeys((_SHORT, _INT, _LONG), self._signed),
            **dict.fromkeys((_TRUE, _FALSE, _BYTE), self._byte),
            **dict.fromkeys((_LIST, _SET), lambda: self._list(depth)),
            _BYTES: lambda: self._take(self._varint()),
            _STRUCT: lambda: self.struct(depth + 1),
            _DOUBLE: lambda: float(struct.unpack("<d", self._take(8))[0]),
            _UUID: lambda: self._take(16),
        }
        if kind not in readers:
            raise Broken("its description has a part of no known kind")
        return readers[kind]()

    def _list(self, depth: int) -> list[Value]:
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self._varint()
        need(count <= len(self.data) - self.at, "a list in its description is longer than it")
        need(depth < _DEPTH, "its description is nested too deep")
        return [self._value(head & 15, depth + 1) for _ in range(count)]

    def _byte(self) -> int:
        return self._take(1)[0]

    def _take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        need(len(taken) == count, "its description breaks off")
        self.at += count
        return taken

    def _varint(self) -> int:
        value = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 128:
                return value
        raise Broken("a number in its description has no end")

    def _signed(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)
