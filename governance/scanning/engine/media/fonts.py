"""Fonts: TrueType, OpenType, collections of them, and the packed forms for web pages."""

from __future__ import annotations

import re
import struct
import zlib

from governance.scanning.engine.media.structure import Broken, need, only_zeros, watch_range
from governance.scanning.engine.subject import Subject

_TAG = re.compile(rb"[!-~]{1,4} {0,3}")
_WORDS = frozenset({b"name", b"SVG ", b"meta", b"DSIG", b"FFTM", b"PfEd"})
_HEAD_MAGIC = b"\x5f\x0f\x3c\xf5"
_SUMMED = 16 * 1024 * 1024
_MOST = 200
_COLLECTION = 64
_KNOWN_TAGS = 63
"""WOFF2: the index that says that a tag follows in full."""


def font(subject: Subject) -> int:
    """A directory of tables, and the tables."""
    return _cover(subject, [*_directory(subject, 0)])


def collection(subject: Subject) -> int:
    """Several fonts that may share tables."""
    head = subject.reader.read_at(0, 12)
    count = int.from_bytes(head[8:12], "big")
    need(0 < count <= _COLLECTION, "it holds no fonts or too many")
    signature = 12 if int.from_bytes(head[4:6], "big") == 2 else 0
    offsets = subject.reader.read_at(12, 4 * count)
    need(len(offsets) == 4 * count, "it breaks off")
    spans = [(0, 12 + 4 * count + signature)]
    for (at,) in struct.iter_unpack(">L", offsets):
        spans.extend(_directory(subject, at))
    return _cover(subject, spans)


def _directory(subject: Subject, at: int) -> list[tuple[int, int]]:
    head = subject.reader.read_at(at, 12)
    count = int.from_bytes(head[4:6], "big")
    records = subject.reader.read_at(at + 12, 16 * count)
    need(0 < count <= _MOST and len(records) == 16 * count, "its list of tables is damaged")
    spans = [(at, at + 12 + 16 * count)]
    seen: set[bytes] = set()
    for tag, checksum, start, length in struct.iter_unpack(">4s3L", records):
        need(_TAG.fullmatch(tag) and tag not in seen, "its list of tables is damaged")
        need(
            start + length <= subject.reader.size,
            f"its table {tag.decode()!r} ends after the file does",
        )
        seen.add(tag)
        spans.append((start, start + length))
        _table(subject, tag, checksum, start, length)
    need(b"head" in seen or b"bhed" in seen, "its head is missing")
    return spans


def _table(subject: Subject, tag: bytes, checksum: int, start: int, length: int) -> None:
    if tag == b"head":
        need(subject.reader.read_at(start + 12, 4) == _HEAD_MAGIC, "its head is damaged")
    elif length <= _SUMMED:
        data = subject.reader.read_at(start, length)
        data += bytes(-length % 4)
        words = struct.unpack(f">{len(data) // 4}L", data)
        need(
            sum(words) & 0xFFFFFFFF == checksum,
            f"the checksum of its table {tag.decode()!r} is wrong",
        )
    if tag in _WORDS:
        watch_range(subject, start, length, f"The table {tag.decode()!r}")


def _cover(subject: Subject, spans: list[tuple[int, int]]) -> int:
    """Nothing may lie between the tables but what fills them up to four bytes."""
    position = 0
    for start, end in sorted(spans):
        need(
            start <= position + 3 and only_zeros(subject.reader, position, start),
            f"{start - position:,} bytes at byte {position:,} belong to no table",
        )
        position = max(position, end)
    filled = position + -position % 4
    if filled <= subject.reader.size and only_zeros(subject.reader, position, filled):
        position = filled
    return position


def woff(subject: Subject) -> int:
    """Tables packed one by one."""
    reader = subject.reader
    head = reader.read_at(0, 44)
    need(len(head) == 44, "it breaks off")
    size, count = struct.unpack(">LH", head[8:14])
    need(0 < count <= _MOST and head[14:16] == b"\0\0", "its list of tables is damaged")
    spans = [(0, 44 + 20 * count)]
    records = reader.read_at(44, 20 * count)
    need(len(records) == 20 * count, "it breaks off")
    for tag, start, packed, length, _ in struct.iter_unpack(">4s4L", records):
        need(_TAG.fullmatch(tag) and packed <= length, "its list of tables is damaged")
        need(start + packed <= reader.size, f"its table {tag.decode()!r} ends after the file does")
        spans.append((start, start + packed))
        if packed < length:
            _unpack(subject, start, packed, length)
    for at in (24, 36):
        start, packed = struct.unpack(">2L", head[at : at + 8])
        if packed:
            need(start + packed <= reader.size, "it breaks off")
            watch_range(subject, start, packed, "A note in the font")
            spans.append((start, start + packed))
    end = _cover(subject, spans)
    need(size == end or size == max(stop for _, stop in spans), "it is not as long as it says")
    return end


def _unpack(subject: Subject, start: int, packed: int, length: int) -> None:
    subject.meter.spend_inflated(length)
    need(length <= _SUMMED and packed <= _SUMMED, "a table of it is longer than any font needs")
    inflating = zlib.decompressobj()
    try:
        data = inflating.decompress(subject.reader.read_at(start, packed), length + 1)
    except zlib.error:
        raise Broken("a table of it cannot be unpacked") from None
    need(
        len(data) == length and inflating.eof and not inflating.unused_data,
        "a table of it is not as long as it says",
    )


def woff2(subject: Subject) -> int:
    """One packed stream of all tables; its place is checked, its content is not unpacked."""
    reader = subject.reader
    head = reader.read_at(0, 48)
    need(len(head) == 48, "it breaks off")
    size, count, reserved, _, packed = struct.unpack(">LHHLL", head[8:24])
    need(0 < count <= _MOST and not reserved, "its list of tables is damaged")
    need(head[4:8] != b"ttcf", "it holds several fonts")
    position = 48
    for _ in range(count):
        position = _record(subject, position)
    need(packed and position + packed <= reader.size, "it breaks off")
    spans = [(0, position), (position, position + packed)]
    for at in (28, 40):
        start, length = struct.unpack(">2L", head[at : at + 8])
        if length:
            need(start + length <= reader.size, "it breaks off")
            watch_range(subject, start, length, "A note in the font")
            spans.append((start, start + length))
    end = _cover(subject, spans)
    need(size in (end, max(stop for _, stop in spans)), "it is not as long as it says")
    return end


def _record(subject: Subject, position: int) -> int:
    """One entry of WOFF2's list of tables; returns where the next stands."""
    head = subject.reader.read_at(position, 16)
    need(len(head) == 16, "it breaks off")
    index, version = head[0] & 63, head[0] >> 6
    at = 5 if index == _KNOWN_TAGS else 1
    tag = head[1:5] if index == _KNOWN_TAGS else b""
    at = _number(head, at)
    is_changed = (index in (10, 11) or tag in (b"glyf", b"loca")) == (version == 0)
    if is_changed:
        at = _number(head, at)
    return position + at


def _number(data: bytes, at: int) -> int:
    """Where a number of seven bits a byte ends."""
    for _ in range(5):
        need(at < len(data), "its list of tables is damaged")
        at += 1
        if data[at - 1] < 128:
            return at
    raise Broken("its list of tables is damaged")
