"""Ogg: pages with checksums, streams that begin and end."""

from __future__ import annotations

import zlib

from governance.scanning.engine.media.structure import need, watch
from governance.scanning.engine.subject import Subject

_HEADER = 27
_FIRST, _LAST = 2, 4
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_NOTES = 64
"""Pages at the beginning of a stream that may hold comments."""


def walk(subject: Subject) -> int:
    """Follow the pages; every stream that began must end."""
    reader = subject.reader
    position = 0
    pages = 0
    expected: dict[bytes, int] = {}
    while position < reader.size:
        head = reader.read_at(position, _HEADER)
        if head[:4] != b"OggS":
            break
        need(len(head) == _HEADER and head[4] == 0, "a page of it is damaged")
        table = reader.read_at(position + _HEADER, head[26])
        length = _HEADER + len(table) + sum(table)
        page = reader.read_at(position, length)
        need(len(table) == head[26] and len(page) == length, "it breaks off")
        need(
            _sum(page) == int.from_bytes(head[22:26], "little"),
            f"the checksum of the page at byte {position:,} is wrong",
        )
        serial, number = head[14:18], int.from_bytes(head[18:22], "little")
        if head[5] & _FIRST:
            need(serial not in expected, "a stream begins twice")
        else:
            need(expected.get(serial) == number, "a page is missing")
        expected[serial] = number + 1
        if head[5] & _LAST:
            del expected[serial]
        if number < _NOTES:
            watch(subject, page[_HEADER + len(table) :], position, "A page")
        pages += 1
        position += length
    need(pages and not expected, "it breaks off")
    return position


def _sum(page: bytes) -> int:
    """Ogg's checksum is the usual one with every bit in the other order and no ones at the ends."""
    mirrored = (page[:22] + bytes(4) + page[26:]).translate(_MIRRORED)
    value = zlib.crc32(mirrored, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(value.to_bytes(4, "little").translate(_MIRRORED), "big")
