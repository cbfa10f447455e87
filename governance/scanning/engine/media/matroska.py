"""Matroska and WebM: elements of EBML (RFC 8794, RFC 9559)."""

from __future__ import annotations

from governance.scanning.engine.media.structure import Unread, need, watch_range
from governance.scanning.engine.subject import Subject

_HEADER, _SEGMENT = 0x1A45DFA3, 0x18538067
_CLUSTER, _ATTACHMENTS = 0x1F43B675, 0x1941A469
_PARTS = {
    0x114D9B74: "index",
    0x1549A966: "description",
    0x1654AE6B: "list of tracks",
    0x1C53BB6B: "index",
    0x1043A770: "list of chapters",
    0x1254C367: "list of tags",
    0xEC: "empty room",
    0xBF: "checksum",
}
_TRACKS = 0x1654AE6B
_IN_CLUSTER = frozenset({0xE7, 0xA3, 0xA0, 0xA7, 0xAB, 0x5854, 0xAF, 0xEC, 0xBF})


def walk(subject: Subject) -> int:
    """A header, then a segment with its parts."""
    size = subject.reader.size
    kind, start, end = _element(subject, 0, size)
    need(kind == _HEADER and end is not None, "its header is damaged")
    watch_range(subject, start, (end or 0) - start, "The header")
    position = end or 0
    seen: set[int] = set()
    while position < size:
        if subject.reader.read_at(position, 4) != _SEGMENT.to_bytes(4, "big"):
            break
        _, start, end = _element(subject, position, size)
        position = _segment(subject, start, size if end is None else end, seen)
    need(_TRACKS in seen, "it has no tracks")
    return position


def _segment(subject: Subject, position: int, end: int, seen: set[int]) -> int:
    while position < end:
        kind, start, stop = _element(subject, position, end)
        if kind == _ATTACHMENTS:
            raise Unread("a film with other files attached")
        seen.add(kind)
        if kind == _CLUSTER:
            position = _cluster(
                subject, start, end if stop is None else stop, known=stop is not None
            )
            continue
        need(kind in _PARTS and stop is not None, f"at byte {position:,} no part begins")
        stop = stop or start
        watch_range(subject, start, stop - start, f"The {_PARTS[kind]}")
        position = stop
    return position


def _cluster(subject: Subject, position: int, end: int, *, known: bool) -> int:
    """A cluster of unknown length ends where something begins that cannot be in it."""
    while position < end:
        kind, _, stop = _element(subject, position, end)
        if not known and (kind == _CLUSTER or (kind in _PARTS and kind not in _IN_CLUSTER)):
            return position
        need(kind in _IN_CLUSTER and stop is not None, f"at byte {position:,} no part begins")
        position = stop or end
    return position


def _element(subject: Subject, position: int, end: int) -> tuple[int, int, int | None]:
    """The kind of an element, where its content begins, and where it ends if that is known."""
    head = subject.reader.read_at(position, 12)
    need(head and head[0] >= 0x10, f"at byte {position:,} no part begins")
    width = 9 - head[0].bit_length()
    kind, rest = int.from_bytes(head[:width], "big"), head[width:]
    need(rest and rest[0], f"at byte {position:,} no part begins")
    length_width = 9 - rest[0].bit_length()
    need(len(rest) >= length_width, "it breaks off")
    length = int.from_bytes(rest[:length_width], "big") & (1 << 7 * length_width) - 1
    start = position + width + length_width
    if length == (1 << 7 * length_width) - 1:
        return kind, start, None
    need(start + length <= end, "it breaks off")
    return kind, start, start + length
