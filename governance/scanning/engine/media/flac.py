"""FLAC: blocks of metadata, then frames; the last frame must end where the file does."""

from __future__ import annotations

import re

from governance.scanning.engine.media.structure import Broken, need, watch_range
from governance.scanning.engine.subject import Subject

_DESCRIPTION, _FORBIDDEN = 0, 127
_WINDOW = 1024 * 1024
_SYNC = re.compile(rb"\xff[\xf8\xf9]")
_TRIES = 32
_SETTLED = 3
_EXTRA_SIZE = {6: 1, 7: 2}
_EXTRA_RATE = {12: 1, 13: 2, 14: 2}


def walk(subject: Subject) -> int:
    """Follow the metadata, then prove by its checksum that the last frame ends the file."""
    position = _metadata(subject)
    size = subject.reader.size
    need(
        _is_frame(subject.reader.read_at(position, 16)), "its sound does not begin where it should"
    )
    start = max(position, size - _WINDOW)
    tail = subject.reader.read_at(start, size - start)
    candidates = [match.start() for match in _SYNC.finditer(tail)]
    frames = [at for at in candidates if _is_frame(tail[at : at + 16])]
    for at in reversed(frames[-_TRIES:]):
        if _ends_here(tail[at:]):
            _count(subject, tail[at : at + 16])
            return size
    raise Broken("its last piece of sound is damaged, or something follows it")


def _metadata(subject: Subject) -> int:
    position = 4
    is_first = True
    while True:
        header = subject.reader.read_at(position, 4)
        need(len(header) == 4, "it breaks off")
        kind, length = header[0] & 0x7F, int.from_bytes(header[1:], "big")
        need(kind != _FORBIDDEN, "a part of it does not exist")
        need(not is_first or (kind == _DESCRIPTION and length == 34), "its description is missing")
        need(position + 4 + length <= subject.reader.size, "it breaks off")
        subject.meter.spend_members(1)
        watch_range(subject, position + 4, length, "A note in the sound")
        is_first = False
        position += 4 + length
        if header[0] & 0x80:
            return position


def _is_frame(head: bytes) -> bool:
    """Whether a frame begins here, by its header's own checksum."""
    if len(head) < 6 or head[0] != 0xFF or head[1] & 0xFE != 0xF8:
        return False
    number = 4
    lead = head[4]
    number += 1 if lead < 0x80 else max(2, 8 - (lead ^ 0xFF).bit_length())
    length = number + _EXTRA_SIZE.get(head[2] >> 4, 0) + _EXTRA_RATE.get(head[2] & 15, 0)
    return length < len(head) and _sum8(head[:length]) == head[length]


def _count(subject: Subject, head: bytes) -> None:
    """Where every frame is as long as the next, the last one's number says how many there are."""
    described = subject.reader.read_at(8, 18)
    longest = int.from_bytes(described[2:4], "big")
    total = int.from_bytes(described[13:18], "big") & (1 << 36) - 1
    if head[1] == 0xF8 and total and longest:
        need(_number(head[4:]) == (total - 1) // longest, "some of its sound is missing")


def _number(data: bytes) -> int:
    """A number written as UTF-8 writes characters, and longer."""
    lead = data[0]
    if lead < 0x80:
        return lead
    more = 7 - (lead ^ 0xFF).bit_length()
    value = lead & (1 << 6 - more) - 1
    for byte in data[1 : 1 + more]:
        value = value << 6 | byte & 63
    return value


def _sum8(data: bytes) -> int:
    value = 0
    for byte in data:
        value = _TABLE8[value ^ byte]
    return value


def _ends_here(data: bytes) -> bool:
    """Whether the checksum at the end is right; zeros behind it would leave it so and do not count."""
    value = settled = 0
    for byte in data:
        value = (value << 8 & 0xFFFF) ^ _TABLE16[value >> 8 ^ byte]
        settled = 0 if value else settled + 1
    return 0 < settled <= _SETTLED


def _table(polynomial: int, bits: int) -> list[int]:
    top, mask = 1 << bits - 1, (1 << bits) - 1
    table = []
    for byte in range(256):
        value = byte << bits - 8
        for _ in range(8):
            value = (value << 1 ^ polynomial if value & top else value << 1) & mask
        table.append(value)
    return table


_TABLE8 = _table(0x07, 8)
_TABLE16 = _table(0x8005, 16)
