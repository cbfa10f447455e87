"""Checkpoints of TensorFlow: an index, which is a table as LevelDB writes it, and shards of raw bytes.

The index names every variable and says where it lies. A shard is numbers in a row, behind which newer versions write one text:
the graph of the objects that the variables belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.scanning.engine.media.structure import LOOKED_AT, Unread, need, watch
from governance.scanning.engine.numbers import is_numbers
from governance.scanning.engine.reader import Reader, SliceReader
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.tables.records import masked_sum

_FOOTER = 48
_TRAILER = 5
_LARGEST_BLOCK = 16 * 1024 * 1024
_SUMMED = 1024 * 1024
_LARGEST_GRAPH = 2 * 1024 * 1024
_TAG = re.compile(rb"\n")
_HEADER_FIELDS = frozenset({1, 2, 3})
_ENTRY_FIELDS = frozenset(range(1, 8))

Span = tuple[int, int]


def index(subject: Subject) -> int:
    """Follow every block of an index; returns its end. Raises Broken and Unread."""
    reader = subject.reader
    footer_at = reader.size - _FOOTER
    need(footer_at >= 0, "it breaks off")
    footer = reader.read_at(footer_at, _FOOTER)
    at = 0
    handles: list[int] = []
    for _ in range(4):
        number, at = _varint(footer, at)
        handles.append(number)
    need(not footer[at : _FOOTER - 8].strip(b"\0"), "bytes of its end belong to nothing")
    meta, listed = (handles[0], handles[1]), (handles[2], handles[3])
    blocks = [_handle(place) for _, place in _entries(subject, listed)]
    _cover([*blocks, meta, listed], footer_at)
    need(not list(_entries(subject, meta)), "it has a block of no known use")
    names = bytearray()
    count = 0
    for block in blocks:
        for key, value in _entries(subject, block):
            fields = _ENTRY_FIELDS if key else _HEADER_FIELDS
            need(_is_message(value, fields), f"the entry {key[:80]!r} is described wrongly")
            count += 1
            if len(names) < LOOKED_AT:
                names += key + b"\n"
    watch(subject, bytes(names), 0, "The list of variables")
    subject.fact("variables", max(0, count - 1))
    return reader.size


def _entries(subject: Subject, span: Span) -> Iterator[tuple[bytes, bytes]]:
    """Names and values of a block; a name begins as the one before it did."""
    start, length = span
    need(4 <= length <= _LARGEST_BLOCK, "a block of it has no possible size")
    content = subject.reader.read_at(start, length + _TRAILER)
    need(len(content) == length + _TRAILER, "a block of it breaks off")
    if content[length]:
        raise Unread("an index of variables that is packed")
    stated = int.from_bytes(content[-4:], "little")
    if length <= _SUMMED:
        need(masked_sum(content[: length + 1]) == stated, "the checksum of a block is wrong")
    restarts = int.from_bytes(content[length - 4 : length], "little")
    end = length - 4 - 4 * restarts
    need(restarts and end >= 0, "a block of it is damaged")
    at, key = 0, b""
    while at < end:
        subject.meter.spend_steps(1)
        shared, at = _varint(content, at)
        added, at = _varint(content, at)
        size, at = _varint(content, at)
        need(shared <= len(key) and at + added + size <= end, "an entry of it is damaged")
        key = key[:shared] + content[at : at + added]
        at += added
        yield key, content[at : at + size]
        at += size


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        need(at < len(content), "a number of it breaks off")
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 128:
            break
    return value, at


def _handle(value: bytes) -> Span:
    start, at = _varint(value, 0)
    length, at = _varint(value, at)
    need(at == len(value), "the place of a block is damaged")
    return start, length


def _cover(blocks: list[Span], end: int) -> None:
    """Blocks lie one behind the other and fill everything."""
    position = 0
    for start, length in sorted(blocks):
        need(start == position, f"bytes at {position:,} of it belong to no block")
        position = start + length + _TRAILER
    need(position == end, f"bytes at {position:,} of it belong to no block")


def _is_message(content: bytes, known: frozenset[int]) -> bool:
    """Whether these are fields of known numbers, to the last byte."""
    at = 0
    while at < len(content):
        tag, at = _varint(content, at)
        if tag >> 3 not in known:
            return False
        if tag & 7 == 0:
            _, at = _varint(content, at)
        elif tag & 7 == 2:
            length, at = _varint(content, at)
            at += length
        elif tag & 7 == 5:
            at += 4
        else:
            return False
    return at == len(content)


def graph_at(reader: Reader) -> int | None:
    """Where the graph of objects begins that ends a shard: a length, its checksum, nodes to the last byte."""
    tail_at = max(0, reader.size - _LARGEST_GRAPH)
    tail = reader.read_at(tail_at, _LARGEST_GRAPH)
    for found in _TAG.finditer(tail):
        length = len(tail) - found.start()
        size = _encoded(length)
        start = found.start() - 4 - len(size)
        if start < 0 or tail[start : start + len(size)] != size:
            continue
        stated = int.from_bytes(tail[found.start() - 4 : found.start()], "little")
        if masked_sum(length.to_bytes(4, "little")) == stated:
            return tail_at + start
    return None


def is_shard(reader: Reader) -> bool:
    """Whether numbers stand in front of a graph of objects."""
    if reader.size < 64:
        return False
    start = graph_at(reader)
    return start is not None and is_numbers(SliceReader(reader, 0, start), with_tiny=True)


def shard(subject: Subject) -> int:
    """The graph behind the numbers names objects, and nothing else is in it."""
    start = graph_at(subject.reader)
    need(start is not None, "its graph of objects is missing")
    content = subject.reader.read_at(start or 0, _LARGEST_GRAPH)
    _, at = _varint(content, 0)
    graph = content[at + 4 :]
    need(_is_message(graph, frozenset({1})), "its graph of objects is damaged")
    watch(subject, graph, start or 0, "The graph of objects")
    return subject.reader.size


def _encoded(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
