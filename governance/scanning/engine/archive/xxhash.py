"""The 32-bit checksum of LZ4 frames (xxHash, XXH32), in Python: for small pieces only."""

from __future__ import annotations

import struct

_P1, _P2, _P3, _P4, _P5 = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1
_MASK = 0xFFFFFFFF


def _turn(value: int, bits: int) -> int:
    return (value << bits | value >> (32 - bits)) & _MASK


def xxh32(data: bytes) -> int:
    """The checksum with seed 0."""
    whole = len(data) // 16 * 16
    if whole:
        one, two, three, four = (_P1 + _P2) & _MASK, _P2, 0, -_P1 & _MASK
        for a, b, c, d in struct.iter_unpack("<4L", data[:whole]):
            one = _turn((one + a * _P2) & _MASK, 13) * _P1 & _MASK
            two = _turn((two + b * _P2) & _MASK, 13) * _P1 & _MASK
            three = _turn((three + c * _P2) & _MASK, 13) * _P1 & _MASK
            four = _turn((four + d * _P2) & _MASK, 13) * _P1 & _MASK
        value = _turn(one, 1) + _turn(two, 7) + _turn(three, 12) + _turn(four, 18)
    else:
        value = _P5
    value = (value + len(data)) & _MASK
    words = whole + (len(data) - whole) // 4 * 4
    for (word,) in struct.iter_unpack("<L", data[whole:words]):
        value = _turn((value + word * _P3) & _MASK, 17) * _P4 & _MASK
    for byte in data[words:]:
        value = _turn((value + byte * _P5) & _MASK, 11) * _P1 & _MASK
    value = (value ^ value >> 15) * _P2 & _MASK
    value = (value ^ value >> 13) * _P3 & _MASK
    return value ^ value >> 16
