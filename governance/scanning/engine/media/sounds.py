"""Sound in the forms of Apple and Sun: AIFF, CAF and AU."""

from __future__ import annotations

from collections.abc import Iterator

from governance.scanning.engine.media.structure import need, watch_range
from governance.scanning.engine.subject import Subject

_AU_HEADER = 24
_LONGEST_NOTE = 64 * 1024
_OPEN = 2**64 - 1
"""A length of CAF that is not known: the part goes on to the end."""
_AU_UNKNOWN = 2**32 - 1
_CAF_PLAIN = frozenset({b"desc", b"data", b"pakt", b"kuki", b"free", b"chan", b"peak"})
_AIFF_PLAIN = frozenset({b"COMM", b"SSND", b"FVER", b"PEAK"})


def au(subject: Subject) -> int:
    """A header, a note, samples."""
    reader = subject.reader
    head = reader.read_at(0, _AU_HEADER)
    need(len(head) == _AU_HEADER, "it breaks off")
    start, length, kind, rate, channels = (
        int.from_bytes(head[at : at + 4], "big") for at in range(4, _AU_HEADER, 4)
    )
    is_sound = 1 <= kind <= 27 and rate > 0 and 0 < channels <= 1024
    need(is_sound, "the description of its sound is damaged")
    need(_AU_HEADER <= start <= _LONGEST_NOTE, "its sound is not where it says")
    watch_range(subject, _AU_HEADER, start - _AU_HEADER, "A note in the sound")
    end = reader.size if length == _AU_UNKNOWN else start + length
    need(start <= end <= reader.size, "it breaks off")
    return end


def aiff(subject: Subject) -> int:
    """Parts in any order, of which one describes the sound and one holds it."""
    reader = subject.reader
    end = 8 + int.from_bytes(reader.read_at(4, 4), "big")
    need(end <= reader.size, "it breaks off")
    kinds: list[bytes] = []
    for kind, start, length in _parts(subject, 12, end, width=4):
        kinds.append(kind)
        if kind == b"COMM":
            need(length >= 18, "the description of its sound is damaged")
        elif kind not in _AIFF_PLAIN:
            watch_range(subject, start, length, "A note in the sound")
    need(kinds.count(b"COMM") == 1, "the description of its sound is missing")
    need(b"SSND" in kinds, "its sound is missing")
    return end


def caf(subject: Subject) -> int:
    """Parts with long lengths, the description first."""
    reader = subject.reader
    kinds: list[bytes] = []
    for kind, start, length in _parts(subject, 8, reader.size, width=8):
        kinds.append(kind)
        if kind == b"desc":
            need(length == 32, "the description of its sound is damaged")
        if kind == b"free" or kind not in _CAF_PLAIN:
            watch_range(subject, start, length, "A note in the sound")
    need(kinds[:1] == [b"desc"], "the description of its sound is missing")
    need(b"data" in kinds, "its sound is missing")
    return reader.size


def _parts(
    subject: Subject, position: int, end: int, width: int
) -> Iterator[tuple[bytes, int, int]]:
    """Kind, place and length of every part; parts of AIFF are filled up to even lengths."""
    while position < end:
        header = subject.reader.read_at(position, 4 + width)
        kind = header[:4]
        is_whole = (
            len(header) == 4 + width and kind.isascii() and kind.decode("ascii").isprintable()
        )
        need(is_whole, f"at byte {position:,} no part begins")
        start, length = position + 4 + width, int.from_bytes(header[4:], "big")
        if width == 8 and kind == b"data" and length == _OPEN:
            length = end - start
        need(start + length <= end, "a part of it ends after the whole")
        subject.meter.spend_members(1)
        yield kind, start, length
        position = start + length
        if width == 4 and length % 2 and position < end:
            need(subject.reader.read_at(position, 1) == b"\0", "a part of it is not filled up")
            position += 1
