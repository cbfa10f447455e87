"""TIFF: directories of tags, and the pixels they point at."""

from __future__ import annotations

from typing import Literal

from governance.scanning.engine.media.structure import LOOKED_AT, need, only_zeros, watch
from governance.scanning.engine.subject import Subject

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_STARTS = {273: 279, 324: 325, 513: 514}
"""Tags of places, and of the lengths that belong to them: strips, tiles, an old thumbnail."""
_DIRECTORIES = frozenset({330, 34665, 34853, 40965})
_MOST_DIRECTORIES = 1000
_FILL = 16
"""Zeros with which Pillow fills up a file of several pages."""


class _Tiff:
    """The spans of the file that something points at."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.reader = subject.reader
        self.order: Literal["little", "big"] = (
            "little" if self.reader.read_at(0, 2) == b"II" else "big"
        )
        self.spans = [(0, 8)]
        self.has_pixels = False

    def number(self, data: bytes) -> int:
        return int.from_bytes(data, self.order)

    def numbers(self, entry: bytes) -> list[int]:
        """The whole numbers of an entry; other kinds are taken as bytes."""
        kind, count = self.number(entry[2:4]), self.number(entry[4:8])
        data = self.value(entry, kind, count)
        width = _SIZES[kind]
        return [self.number(data[at : at + width]) for at in range(0, len(data), width)]

    def value(self, entry: bytes, kind: int, count: int) -> bytes:
        """The bytes of an entry, which stand in itself when they are few."""
        need(kind in _SIZES, "a tag is of a kind that does not exist")
        length = _SIZES[kind] * count
        if length <= 4:
            return entry[8 : 8 + length]
        start = self.number(entry[8:12])
        need(start + length <= self.reader.size, "a tag points behind the end of the file")
        need(length <= 64 * LOOKED_AT, "a tag is longer than any picture needs")
        self.spans.append((start, start + length))
        return self.reader.read_at(start, length)

    def directory(self, at: int) -> tuple[int, list[int]]:
        """Where the next directory stands, and directories inside this one."""
        count = self.number(self.reader.read_at(at, 2))
        block = self.reader.read_at(at + 2, 12 * count + 4)
        need(count and len(block) == 12 * count + 4, "a directory breaks off")
        self.subject.meter.spend_members(1)
        self.spans.append((at, at + 2 + len(block)))
        tags: dict[int, list[int]] = {}
        inner: list[int] = []
        for position in range(0, 12 * count, 12):
            entry = block[position : position + 12]
            tag = self.number(entry[:2])
            if tag in _DIRECTORIES:
                inner.extend(self.numbers(entry))
            elif tag in _STARTS or tag in _STARTS.values():
                tags[tag] = self.numbers(entry)
            else:
                kind, length = self.number(entry[2:4]), self.number(entry[4:8])
                watch(self.subject, self.value(entry, kind, length), at, f"Tag {tag}")
        self._pixels(tags)
        return self.number(block[-4:]), inner

    def _pixels(self, tags: dict[int, list[int]]) -> None:
        for starts, lengths in _STARTS.items():
            pairs = list(zip(tags.get(starts, []), tags.get(lengths, []), strict=False))
            need(len(tags.get(starts, [])) == len(pairs), "the length of some pixels is missing")
            for start, length in pairs:
                need(
                    start + length <= self.reader.size, "some pixels lie behind the end of the file"
                )
                self.spans.append((start, start + length))
                self.has_pixels = True


def walk(subject: Subject) -> int:
    """Follow every directory once; what nothing points at is looked at, too."""
    tiff = _Tiff(subject)
    pending = [tiff.number(subject.reader.read_at(4, 4))]
    seen: set[int] = set()
    while pending:
        at = pending.pop()
        need(
            8 <= at < subject.reader.size and at not in seen,
            "a directory is not where it should be",
        )
        seen.add(at)
        need(len(seen) <= _MOST_DIRECTORIES, "it has more directories than pictures need")
        following, inner = tiff.directory(at)
        pending.extend([following] if following else [])
        pending.extend(one for one in inner if one not in seen)
    need(tiff.has_pixels, "it has no pixels")
    return _cover(tiff)


def _cover(tiff: _Tiff) -> int:
    position = 0
    for start, end in sorted(tiff.spans):
        if start > position:
            gap = tiff.reader.read_at(position, min(start - position, LOOKED_AT))
            watch(tiff.subject, gap, position, "A gap")
        position = max(position, end)
    if position < tiff.reader.size <= position + _FILL and only_zeros(
        tiff.reader, position, tiff.reader.size
    ):
        return tiff.reader.size
    return position
