"""The filters through which the chunks of a dataset went, and undoing the common ones."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from governance.scanning.engine.hdf5.source import Broken, Fields, Unread

_DEFLATE, _SHUFFLE, _FLETCHER = 1, 2, 3
KNOWN = frozenset(
    {1, 2, 3, 4, 5, 6, 305, 307, 32000, 32001, 32004, 32008, 32013, 32015, 32018, 32019, 32026}
)
"""Those of the library and of well-known plug-ins: LZO, bzip2, LZF, Blosc, LZ4, Bitshuffle, ZFP, Zstandard, FPZip, SZ."""
_MOST = 32


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter by its registered number."""

    number: int
    name: str
    values: tuple[int, ...]


def filters_of(fields: Fields) -> list[Filter]:
    """The filters that a message names, in the order in which they were applied."""
    version, count = fields.version(1, 2), fields.number(1)
    if count > _MOST:
        raise Broken(f"{fields.what} names {count} filters")
    fields.take(6 if version == 1 else 0)
    return [_filter(fields, version) for _ in range(count)]


def _filter(fields: Fields, version: int) -> Filter:
    number = fields.number(2)
    length = fields.number(2) if version == 1 or number >= 256 else 0
    fields.take(2)
    count = fields.number(2)
    name = fields.take(length + (-length % 8 if version == 1 else 0))
    values = tuple(fields.number(4) for _ in range(count))
    fields.take(4 if version == 1 and count % 2 else 0)
    return Filter(number, name.split(b"\0")[0].decode("utf-8", "replace"), values)


def undo(content: bytes, applied: list[Filter], mask: int, limit: int) -> bytes:
    """A chunk as it was before its filters; raises Broken, Unread."""
    for place, one in reversed(list(enumerate(applied))):
        if mask & (1 << place):
            continue
        if one.number == _DEFLATE:
            content = _inflate(content, limit)
        elif one.number == _SHUFFLE:
            content = _unshuffle(content, one.values[0] if one.values else 1)
        elif one.number == _FLETCHER:
            content = content[:-4]
        else:
            raise Unread(f"bytes behind the filter {one.name or one.number}")
    return content


def _inflate(content: bytes, limit: int) -> bytes:
    inflating = zlib.decompressobj()
    try:
        found = inflating.decompress(content, limit)
    except zlib.error:
        raise Broken("a compressed chunk is damaged") from None
    if not inflating.eof:
        raise Broken("a compressed chunk is longer than its place")
    return found


def _unshuffle(content: bytes, width: int) -> bytes:
    if width <= 1:
        return content
    count = len(content) // width
    found = bytearray(content)
    for place in range(width):
        found[place : count * width : width] = content[place * count : (place + 1) * count]
    return bytes(found)
