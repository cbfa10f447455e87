"""TFRecord: what TensorBoard logs and TensorFlow's data sets are made of. Records of bytes, each between two checksums."""

from __future__ import annotations

from governance.scanning.engine.media.structure import LOOKED_AT, need, watch
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.subject import Subject

_HEADER, _FOOTER = 12, 4
_SUMMED = 2 * 1024 * 1024
"""Bytes of records whose checksums are compared: the sum is slow in Python. Lengths are always compared."""
_MASK = 0xFFFFFFFF


def begins_here(reader: Reader, head: bytes) -> bool:
    """Whether the first length carries its checksum."""
    length = int.from_bytes(head[:8], "little")
    if len(head) < _HEADER or not 0 < length <= reader.size - _HEADER - _FOOTER:
        return False
    return masked_sum(head[:8]) == int.from_bytes(head[8:_HEADER], "little")


def walk(subject: Subject) -> int:
    """Record by record to the end."""
    reader = subject.reader
    position = summed = 0
    while position < reader.size:
        head = reader.read_at(position, _HEADER)
        length = int.from_bytes(head[:8], "little")
        stated = int.from_bytes(head[8:], "little")
        need(
            len(head) == _HEADER and masked_sum(head[:8]) == stated,
            f"no record begins at byte {position:,}",
        )
        end = position + _HEADER + length + _FOOTER
        need(end <= reader.size, "its last record breaks off")
        data = reader.read_at(position + _HEADER, min(length, LOOKED_AT))
        watch(subject, data, position, "A record")
        summed += length
        if summed <= _SUMMED and length <= LOOKED_AT:
            foot = int.from_bytes(reader.read_at(end - _FOOTER, _FOOTER), "little")
            need(
                masked_sum(data) == foot,
                f"the checksum of the record at byte {position:,} is wrong",
            )
        position = end
    return position


def masked_sum(data: bytes) -> int:
    """CRC-32C, turned and moved as TensorFlow stores it."""
    value = _MASK
    for byte in data:
        value = value >> 8 ^ _TABLE[(value ^ byte) & 255]
    value ^= _MASK
    return ((value >> 15 | value << 17) + 0xA282EAD8) & _MASK


def _table() -> list[int]:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


_TABLE = _table()
