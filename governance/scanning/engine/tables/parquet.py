"""Parquet: a footer that describes every column, and pages that fill the rest."""

from __future__ import annotations

import base64
import binascii
import zlib

from governance.scanning.engine.cursor import Truncated
from governance.scanning.engine.flatbuffer import root
from governance.scanning.engine.media.structure import Broken, Unread, foreign, need, only_zeros
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.tables import arrow
from governance.scanning.engine.tables.thrift import Compact, Value

_MAGIC = b"PAR1"
_LOCKED = b"PARE"
_LONGEST = 64 * 1024 * 1024
_PAGE_HEAD = 64 * 1024
_ALIGNED = 64
_SCHEMA, _GROUPS, _NOTES, _LOCK = 2, 4, 5, 8
_FILE, _COPY_AT, _COLUMN, _OFFSET_INDEX, _OFFSETS, _COLUMN_INDEX, _COLUMNS = 1, 2, 3, 4, 5, 6, 7
_PACKED_SIZE, _DATA, _INDEX, _WORDS, _BLOOM, _BLOOM_SIZE = 7, 9, 10, 11, 14, 15
_PACKED_PAGE, _PAGE_SUM = 3, 4
_ARROW = b"ARROW:schema"

Struct = dict[int, Value]


def walk(subject: Subject) -> int:
    """Read the footer, then every page of every column that it describes."""
    reader = subject.reader
    tail = reader.read_at(max(0, reader.size - 8), 8)
    if tail[4:] == _LOCKED:
        raise Unread("an encrypted table")
    need(reader.size >= 12 and tail[4:] == _MAGIC, "its end is missing, or something follows it")
    length = int.from_bytes(tail[:4], "little")
    footer_at = reader.size - 8 - length
    need(0 < length <= _LONGEST and footer_at >= 4, "its footer is not where it says")
    described = Compact(reader.read_at(footer_at, length))
    footer = described.struct()
    need(described.at == length, "bytes of its footer belong to nothing")
    need(structs(footer, _SCHEMA), "its footer has no schema")
    if _LOCK in footer:
        raise Unread("an encrypted table")
    _notes(subject, footer, footer_at)
    spans = [(0, 4)]
    for group in structs(footer, _GROUPS):
        for column in structs(group, 1):
            spans.extend(_column(reader, column, footer_at))
    _cover(reader, spans, footer_at)
    return reader.size


def structs(value: Struct, number: int) -> list[Struct]:
    """The structs of a list; what is none is damage."""
    found = value.get(number, [])
    if not isinstance(found, list):
        raise Broken("its footer has something else where a list should stand")
    return [_struct(one) for one in found]


def _struct(value: Value | None) -> Struct:
    if not isinstance(value, dict):
        raise Broken("its footer has something else where a description should stand")
    return value


def _number(value: Struct, number: int) -> int:
    found = value.get(number, 0)
    if not isinstance(found, int) or found < 0:
        raise Broken("its footer has something else where a number should stand")
    return found


def _bytes(value: Struct, number: int) -> bytes:
    found = value.get(number, b"")
    return found if isinstance(found, bytes) else b""


def _notes(subject: Subject, footer: Struct, at: int) -> None:
    for note in structs(footer, _NOTES):
        key, value = _bytes(note, 1), _bytes(note, 2)
        if key != _ARROW:
            arrow.check_note(subject, key, value, at)
            continue
        try:
            message = base64.b64decode(value, validate=True)
        except binascii.Error:
            raise Broken("the schema in its notes is damaged") from None
        header = root(message, 8 if message[:4] == b"\xff\xff\xff\xff" else 4).table(2)
        need(header, "the schema in its notes is damaged")
        if header:
            arrow.check_schema(subject, header, at)


def _column(reader: Reader, column: Struct, footer_at: int) -> list[tuple[int, int]]:
    """The spans of one column's pages and indexes."""
    if _bytes(column, _FILE):
        raise Unread("a table whose columns lie in other files")
    need(isinstance(column.get(_COLUMN), dict), "a column is not described")
    described = _struct(column.get(_COLUMN))
    starts = [_number(described, one) for one in (_DATA, _INDEX, _WORDS)]
    start = min((one for one in starts if one), default=0)
    end = start + _number(described, _PACKED_SIZE)
    need(4 <= start <= end <= footer_at, "a column lies outside the file")
    _pages(reader, start, end)
    spans = [(start, end)]
    if _number(column, _COPY_AT) == end:
        spans.extend(_copy(reader, end, column))
    for where, size in ((_OFFSET_INDEX, _OFFSETS), (_COLUMN_INDEX, _COLUMNS)):
        at = _number(column, where)
        spans.append((at, at + _number(column, size)))
    bloom = _number(described, _BLOOM)
    if bloom:
        spans.append((bloom, bloom + (_number(described, _BLOOM_SIZE) or _bloom(reader, bloom))))
    need(all(stop <= footer_at for _, stop in spans), "an index lies outside the file")
    return spans


def _copy(reader: Reader, at: int, column: Struct) -> list[tuple[int, int]]:
    """Older programs write what describes a column once more behind its pages; only an equal copy counts."""
    again = Compact(reader.read_at(at, _PAGE_HEAD))
    try:
        is_equal = again.struct() == column
    except (Broken, Truncated):
        return []
    return [(at, at + again.at)] if is_equal else []


def _pages(reader: Reader, position: int, end: int) -> None:
    """Each page says in front of itself how long it is."""
    while position < end:
        head = Compact(reader.read_at(position, min(_PAGE_HEAD, end - position)))
        page = head.struct()
        size = _number(page, _PACKED_PAGE)
        start, position = position + head.at, position + head.at + size
        need(position <= end, "a page of it ends after its column")
        stated = page.get(_PAGE_SUM)
        if isinstance(stated, int) and size <= _LONGEST:
            need(
                zlib.crc32(reader.read_at(start, size)) == stated & 0xFFFFFFFF,
                "the checksum of a page is wrong",
            )


def _bloom(reader: Reader, at: int) -> int:
    head = Compact(reader.read_at(at, 256))
    return _number(head.struct(), 1) + head.at


def _cover(reader: Reader, spans: list[tuple[int, int]], footer_at: int) -> None:
    position = 0
    for start, end in sorted(one for one in [*spans, (footer_at, footer_at)] if one[0] or one[1]):
        gap = start - position
        if gap >= _ALIGNED or (gap > 0 and not only_zeros(reader, position, start)):
            found = foreign(reader.read_at(position, min(gap, _LONGEST)))
            raise Broken(
                f"{gap:,} bytes at byte {position:,} belong to no column"
                + f" and hold {found}" * bool(found)
            )
        position = max(position, end)
