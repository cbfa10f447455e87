"""PNG: chunks with their checksums, and pixels that unpack to exactly what the header announces."""

from __future__ import annotations

import re
import zlib

from governance.scanning.engine.cursor import Cursor
from governance.scanning.engine.media.structure import Broken, Unread, need, watch
from governance.scanning.engine.subject import Subject

_SIGNATURE = 8
_STEP = 1024 * 1024
_NAME = re.compile(rb"[A-Za-z]{4}")
_WORDS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)


class _Pixels:
    """Counts what the image data unpack to."""

    def __init__(self, subject: Subject, expected: int) -> None:
        self._meter = subject.meter
        self._expected = expected
        self._inflate = zlib.decompressobj()
        self._count = 0

    def feed(self, data: bytes) -> None:
        need(not (self._inflate.eof and data), "bytes follow the end of its pixels")
        while data:
            try:
                piece = self._inflate.decompress(data, _STEP)
            except zlib.error:
                raise Broken("its pixels cannot be unpacked") from None
            self._count += len(piece)
            self._meter.spend_inflated(len(piece))
            need(self._count <= self._expected, "it has more pixels than it says")
            data = self._inflate.unconsumed_tail
            need(not self._inflate.unused_data, "bytes follow the end of its pixels")

    def finish(self) -> None:
        need(
            self._inflate.eof and self._count == self._expected, "it has fewer pixels than it says"
        )


def walk(subject: Subject) -> int:
    """Follow the chunks to the end."""
    cursor = Cursor(subject.reader, _SIGNATURE)
    kind, header = _chunk(cursor, subject, None)
    need(kind == b"IHDR" and len(header) == 13, "it does not begin with its header")
    pixels = _Pixels(subject, _expected(header))
    seen = {kind}
    while True:
        start = cursor.position
        kind, data = _chunk(cursor, subject, pixels)
        if kind == b"IEND":
            need(not data and b"IDAT" in seen, "it has no pixels")
            pixels.finish()
            return cursor.position
        need(
            kind not in (b"IHDR", b"PLTE") or kind not in seen, f"it has two parts called {kind!r}"
        )
        if kind == b"CgBI":
            raise Unread("a PNG in Apple's own form")
        need(kind in _CRITICAL or kind[0] & 0x20, f"it needs a part {kind!r} that does not exist")
        if kind not in _CRITICAL:
            watch(subject, _unpacked(kind, data), start, f"The part {kind.decode()!r}")
        seen.add(kind)


def _chunk(cursor: Cursor, subject: Subject, pixels: _Pixels | None) -> tuple[bytes, bytes]:
    length = int.from_bytes(cursor.take(4), "big")
    kind = cursor.take(4)
    need(_NAME.fullmatch(kind), f"at byte {cursor.position - 4:,} no part begins")
    need(length <= subject.reader.size, f"its part {kind.decode()!r} is longer than the file")
    crc = zlib.crc32(kind)
    kept = b""
    while length:
        piece = cursor.take(min(length, _STEP))
        crc = zlib.crc32(piece, crc)
        if kind == b"IDAT" and pixels:
            pixels.feed(piece)
        elif len(kept) < _STEP:
            kept += piece
        length -= len(piece)
    need(
        int.from_bytes(cursor.take(4), "big") == crc,
        f"the checksum of its part {kind.decode()!r} is wrong",
    )
    return kind, kept


def _expected(header: bytes) -> int:
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    depth, color, packing, filtering, interlaced = header[8:]
    need(0 < width < 2**31 and 0 < height < 2**31, "it has no size")
    need(depth in _DEPTHS.get(color, ()), "it has colours that do not exist")
    need(
        packing == 0 and filtering == 0 and interlaced < 2,
        "it is packed in a way that does not exist",
    )
    bits = depth * _CHANNELS[color]
    if not interlaced:
        return height * ((width * bits + 7) // 8 + 1)
    total = 0
    for left, top, across, down in _PASSES:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * ((columns * bits + 7) // 8 + 1)
    return total


def _unpacked(kind: bytes, data: bytes) -> bytes:
    """Words may be packed; packed words are looked at unpacked, too."""
    if kind not in _WORDS:
        return data
    for match in re.finditer(rb"\x78", data[:200]):
        try:
            return data + zlib.decompressobj().decompress(data[match.start() :], _STEP)
        except zlib.error:
            continue
    return data
