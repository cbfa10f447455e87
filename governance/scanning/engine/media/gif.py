"""GIF: blocks from the header to the trailer."""

from __future__ import annotations

from governance.scanning.engine.cursor import Cursor
from governance.scanning.engine.media.structure import LOOKED_AT, Broken, need, watch
from governance.scanning.engine.subject import Subject

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B


def walk(subject: Subject) -> int:
    """Follow the blocks to the trailer."""
    cursor = Cursor(subject.reader, 6)
    screen = cursor.take(7)
    need(screen[:2] not in (b"/*", b"=1", b"= "), "its size spells the beginning of a script")
    _skip_colours(cursor, screen[4])
    images = 0
    while True:
        kind = cursor.take(1)[0]
        if kind == _TRAILER:
            need(images, "it has no picture")
            return cursor.position
        if kind == _IMAGE:
            _skip_colours(cursor, cursor.take(9)[8])
            need(1 <= cursor.take(1)[0] <= 11, "its pixels are packed in a way that does not exist")
            _blocks(cursor, 0)
            images += 1
        elif kind == _EXTENSION:
            cursor.take(1)
            start = cursor.position
            watch(subject, _blocks(cursor, LOOKED_AT), start, "A note in the picture")
        else:
            raise Broken(f"at byte {cursor.position - 1:,} no part begins")


def _skip_colours(cursor: Cursor, flags: int) -> None:
    if flags & 0x80:
        cursor.skip(3 << (flags & 7) + 1)


def _blocks(cursor: Cursor, keep: int) -> bytes:
    """Blocks of up to 255 bytes until an empty one; the first ``keep`` bytes of what they hold."""
    kept = bytearray()
    while length := cursor.take(1)[0]:
        data = cursor.take(length)
        if len(kept) < keep:
            kept += data
    return bytes(kept)
