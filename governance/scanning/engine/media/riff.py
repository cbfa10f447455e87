"""RIFF: WAV sound and WebP pictures."""

from __future__ import annotations

from typing import Literal

from governance.scanning.engine.media.structure import Unread, need, watch_range
from governance.scanning.engine.subject import Subject

_SOUND = frozenset({b"data", b"fmt ", b"fact"})
_PIXELS = frozenset({b"VP8 ", b"VP8L", b"ANMF", b"ALPH"})
_PICTURES = frozenset({*_PIXELS, b"VP8X", b"ANIM"})


def wav(subject: Subject) -> int:
    """Sound: a description, then samples."""
    end, chunks = _chunks(subject)
    kinds = [kind for kind, _, _ in chunks]
    need(b"fmt " in kinds, "the description of its sound is missing")
    need(b"data" in kinds and kinds.index(b"fmt ") < kinds.index(b"data"), "its sound is missing")
    for kind, start, length in chunks:
        if kind == b"fmt ":
            described = subject.reader.read_at(start, min(length, 16))
            need(
                len(described) == 16 and any(described[2:4]),
                "the description of its sound is damaged",
            )
        elif kind not in _SOUND:
            watch_range(subject, start, length, "A note in the sound")
    return end


def webp(subject: Subject) -> int:
    """A picture, or several that move."""
    end, chunks = _chunks(subject)
    need(any(kind in _PIXELS for kind, _, _ in chunks), "it has no pixels")
    need(chunks[0][0] in (b"VP8 ", b"VP8L", b"VP8X"), "it does not begin with its picture")
    for kind, start, length in chunks:
        head = subject.reader.read_at(start, min(length, 10))
        if kind == b"VP8 ":
            need(head[3:6] == b"\x9d\x01\x2a", "its pixels are damaged")
        elif kind == b"VP8L":
            need(head[:1] == b"\x2f", "its pixels are damaged")
        elif kind not in _PICTURES:
            watch_range(subject, start, length, "A note in the picture")
    return end


def _chunks(subject: Subject) -> tuple[int, list[tuple[bytes, int, int]]]:
    """Where the file ends by its own account, and every chunk with its place."""
    reader = subject.reader
    head = reader.read_at(0, 12)
    if head[:4] == b"RF64":
        raise Unread("a WAV file in its form for very long sound")
    order: Literal["little", "big"] = "big" if head[:4] == b"RIFX" else "little"
    end = 8 + int.from_bytes(head[4:8], order)
    need(end <= reader.size, "it breaks off")
    found: list[tuple[bytes, int, int]] = []
    position = 12
    while position < end:
        header = reader.read_at(position, 8)
        length = int.from_bytes(header[4:], order)
        need(
            (len(header) == 8 and header[:4].isascii() and header[:4].isalnum())
            or header[3:4] == b" ",
            f"at byte {position:,} no part begins",
        )
        need(position + 8 + length <= end, "a part of it ends after the whole")
        subject.meter.spend_members(1)
        found.append((header[:4], position + 8, length))
        position += 8 + length
        if length % 2:
            need(
                position == end or reader.read_at(position, 1) == b"\0",
                "a part of it is not filled up",
            )
            position += 1
    if position > end and reader.read_at(end, 1) == b"\0":
        end = position
    need(found, "it is empty")
    return end, found
