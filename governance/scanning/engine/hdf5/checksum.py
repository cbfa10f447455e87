"""Bob Jenkins' lookup3, by which newer parts of HDF5 files are protected."""

from __future__ import annotations

import struct

_ALL = 0xFFFFFFFF
_TRIPLE = struct.Struct("<3I")


def lookup3(content: bytes) -> int:
    """The checksum of some bytes."""
    a = b = c = (0xDEADBEEF + len(content)) & _ALL
    whole = max(0, (len(content) - 1) // 12) * 12
    for x, y, z in _TRIPLE.iter_unpack(content[:whole]):
        a, b, c = _mix((a + x) & _ALL, (b + y) & _ALL, (c + z) & _ALL)
    rest = content[whole:]
    if not rest:
        return c
    x, y, z = _TRIPLE.unpack(rest.ljust(12, b"\0"))
    return _final((a + x) & _ALL, (b + y) & _ALL, (c + z) & _ALL)


def _turn(value: int, bits: int) -> int:
    return ((value << bits) | (value >> (32 - bits))) & _ALL


def _mix(a: int, b: int, c: int) -> tuple[int, int, int]:
    a = ((a - c) & _ALL) ^ _turn(c, 4)
    c = (c + b) & _ALL
    b = ((b - a) & _ALL) ^ _turn(a, 6)
    a = (a + c) & _ALL
    c = ((c - b) & _ALL) ^ _turn(b, 8)
    b = (b + a) & _ALL
    a = ((a - c) & _ALL) ^ _turn(c, 16)
    c = (c + b) & _ALL
    b = ((b - a) & _ALL) ^ _turn(a, 19)
    a = (a + c) & _ALL
    c = ((c - b) & _ALL) ^ _turn(b, 4)
    b = (b + a) & _ALL
    return a, b, c


def _final(a: int, b: int, c: int) -> int:
    c = ((c ^ b) - _turn(b, 14)) & _ALL
    a = ((a ^ c) - _turn(c, 11)) & _ALL
    b = ((b ^ a) - _turn(a, 25)) & _ALL
    c = ((c ^ b) - _turn(b, 16)) & _ALL
    a = ((a ^ c) - _turn(c, 4)) & _ALL
    b = ((b ^ a) - _turn(a, 14)) & _ALL
    return ((c ^ b) - _turn(b, 24)) & _ALL
