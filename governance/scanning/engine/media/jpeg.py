"""JPEG: markers from the first to the end of the image, and further images where phones announce them."""

from __future__ import annotations

import re

from governance.scanning.engine.cursor import Cursor
from governance.scanning.engine.media.structure import LOOKED_AT, need, watch
from governance.scanning.engine.subject import Subject

_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF})
_WORDS = frozenset({*range(0xE0, 0xF0), 0xFE})
_SCAN, _END, _START = 0xDA, 0xD9, 0xD8
_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_MORE = b"MPF\0"


def walk(subject: Subject) -> int:
    """Follow the markers; where a list of several images stands in the first, follow those as well."""
    end, has_more = _image(subject, 0)
    while has_more and subject.reader.read_at(end, 3) == b"\xff\xd8\xff":
        end, _ = _image(subject, end)
    return end


def _image(subject: Subject, start: int) -> tuple[int, bool]:
    cursor = Cursor(subject.reader, start + 2)
    has_frame = has_scan = has_more = False
    while True:
        marker = _next_marker(cursor)
        if marker in _STANDALONE:
            continue
        if marker == _END:
            need(has_frame and has_scan, "it ends before its picture begins")
            return cursor.position, has_more
        need(
            marker in _FRAMES or marker in _TABLES or marker in _WORDS or marker == _SCAN,
            f"at byte {cursor.position - 2:,} stands a mark that does not exist",
        )
        length = int.from_bytes(cursor.take(2), "big")
        need(length >= 2, "a part of it is shorter than its own length")
        data = cursor.take(length - 2)
        has_frame |= marker in _FRAMES
        if marker in _WORDS:
            has_more |= data.startswith(_MORE)
            watch(subject, data, cursor.position - len(data), "A note in the picture")
        elif marker == _SCAN:
            need(has_frame, "its pixels come before their description")
            has_scan = True
            _skip_pixels(subject, cursor)


def _next_marker(cursor: Cursor) -> int:
    need(cursor.take(1) == b"\xff", f"at byte {cursor.position - 1:,} no part begins")
    marker = cursor.take(1)[0]
    while marker == 0xFF:
        marker = cursor.take(1)[0]
    return marker


def _skip_pixels(subject: Subject, cursor: Cursor) -> None:
    """Up to the next mark that does not belong to the pixels themselves."""
    position = cursor.position
    while True:
        piece = subject.reader.read_at(position, LOOKED_AT)
        need(len(piece) > 1, "its pixels break off")
        match = _MARKER.search(piece)
        if match:
            cursor.skip(position + match.start() - cursor.position)
            return
        position += len(piece) - 1 if len(piece) > 1 else 1
        if position + 1 >= subject.reader.size:
            need(False, "its pixels break off")
