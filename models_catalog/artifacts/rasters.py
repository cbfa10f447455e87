"""Pictures made of pixels, told by their first bytes and never by their names: what they are and how large.

SVG and HTML are not among them, because they can hold scripts. Pure, and reads headers only: nothing is decoded here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

START_BYTES = 256 * 1024  # a JPEG tells its size behind its colour profile and preview
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_AVIF_BRANDS = (b"avif", b"avis")


@dataclass(frozen=True, slots=True)
class Raster:
    """The media type, and the size in pixels."""

    kind: str
    width: int
    height: int

    @property
    def pixels(self) -> int:
        """What a browser would have to hold in memory."""
        return self.width * self.height


def raster_of(start: bytes) -> Raster | None:
    """The picture that begins with these bytes; ``None`` for everything else, and when it does not say its size."""
    for kind, is_one, size_of in _KINDS:
        if not is_one(start):
            continue
        try:
            width, height = size_of(start)
        except (struct.error, ValueError, IndexError):
            return None
        return Raster(kind, width, height) if width and height else None
    return None


def _png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise ValueError
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _webp(data: bytes) -> tuple[int, int]:
    chunk = data[12:16]
    if chunk == b"VP8X":
        return _three(data, 24) + 1, _three(data, 27) + 1
    if chunk == b"VP8L" and data[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError


def _three(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 3], "little")


def _jpeg(data: bytes) -> tuple[int, int]:
    """Step from segment to segment until the one that holds the size."""
    at = 2
    while True:
        marker, kind, length = struct.unpack_from(">BBH", data, at)
        if marker != 0xFF or length < 2:
            raise ValueError
        if kind in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length


def _avif(data: bytes) -> tuple[int, int]:
    """The largest of all sizes that the file names: tiles and thumbnails have one each (ISO/IEC 23008-12, 6.5.3)."""
    boxes = re.finditer(rb"ispe\0\0\0\0", data)
    sizes = [struct.unpack_from(">II", data, box.end()) for box in boxes]
    return max(sizes, key=lambda size: size[0] * size[1])


def _is_avif(data: bytes) -> bool:
    length = int.from_bytes(data[:4], "big")
    return data[4:8] == b"ftyp" and any(
        brand in data[8 : min(length, 64)] for brand in _AVIF_BRANDS
    )


_KINDS: tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes], tuple[int, int]]], ...] = (
    ("image/png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    ("image/jpeg", lambda data: data.startswith(b"\xff\xd8\xff"), _jpeg),
    ("image/gif", lambda data: data.startswith((b"GIF87a", b"GIF89a")), _gif),
    ("image/webp", lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
    ("image/avif", _is_avif, _avif),
)
