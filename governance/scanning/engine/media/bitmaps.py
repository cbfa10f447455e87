"""BMP pictures and Windows icons."""

from __future__ import annotations

from governance.scanning.engine.media import png
from governance.scanning.engine.media.structure import Unread, need, only_zeros, watch_range
from governance.scanning.engine.reader import SliceReader
from governance.scanning.engine.subject import Subject

_RGB, _RLE8, _RLE4, _FIELDS, _ALPHA_FIELDS = 0, 1, 2, 3, 6
_DEPTHS = frozenset({1, 2, 4, 8, 16, 24, 32})
_OLD = 12


def bmp(subject: Subject) -> int:
    """A header, colours and rows of pixels."""
    head = subject.reader.read_at(0, 138)
    need(len(head) >= 26, "it breaks off")
    offset, length = int.from_bytes(head[10:14], "little"), int.from_bytes(head[14:18], "little")
    if length == _OLD:
        width, height = int.from_bytes(head[18:20], "little"), int.from_bytes(head[20:22], "little")
        depth, packing, stated = int.from_bytes(head[24:26], "little"), _RGB, 0
    else:
        need(len(head) >= 54, "it breaks off")
        width = int.from_bytes(head[18:22], "little", signed=True)
        height = abs(int.from_bytes(head[22:26], "little", signed=True))
        depth, packing = (
            int.from_bytes(head[28:30], "little"),
            int.from_bytes(head[30:34], "little"),
        )
        stated = int.from_bytes(head[34:38], "little")
    need(width > 0 and height > 0 and depth in _DEPTHS, "its size or colours do not exist")
    need(14 + length <= offset <= subject.reader.size, "its pixels are not where it says")
    watch_range(subject, 14 + length, offset - 14 - length, "The room for colours")
    need(offset - 14 - length <= 16 + 4 * 256, "its pixels are not where it says")
    if packing in (_RLE8, _RLE4):
        end = offset + stated
    elif packing in (_RGB, _FIELDS, _ALPHA_FIELDS):
        end = offset + (width * depth + 31) // 32 * 4 * height
    else:
        raise Unread("a BMP that holds another kind of picture")
    need(offset < end <= subject.reader.size, "its pixels break off")
    return end


def ico(subject: Subject) -> int:
    """Several small pictures, one behind the other."""
    reader = subject.reader
    count = int.from_bytes(reader.read_at(4, 2), "little")
    position = 6 + 16 * count
    entries: list[tuple[int, int]] = []
    for index in range(count):
        entry = reader.read_at(6 + 16 * index, 16)
        need(len(entry) == 16, "its list of pictures breaks off")
        entries.append(
            (int.from_bytes(entry[12:], "little"), int.from_bytes(entry[8:12], "little"))
        )
    for start, length in sorted(entries):
        need(start == position and length >= 40, "its pictures do not lie one behind the other")
        need(start + length <= reader.size, "a picture ends after the file does")
        _icon(subject, start, length)
        position = start + length
    return position


def _icon(subject: Subject, start: int, length: int) -> None:
    reader = SliceReader(subject.reader, start, length)
    head = reader.read_at(0, 40)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        inside = subject.part(reader)
        need(png.walk(inside) == length, "bytes follow one of its pictures")
        return
    need(int.from_bytes(head[:4], "little") == 40, "one of its pictures is of no known kind")
    width, height = int.from_bytes(head[4:8], "little"), int.from_bytes(head[8:12], "little") // 2
    depth, used = int.from_bytes(head[14:16], "little"), int.from_bytes(head[32:36], "little")
    need(0 < width <= 1024 and 0 < height <= 1024 and depth in _DEPTHS, "a picture has no size")
    colours = 4 * (used or (1 << depth if depth <= 8 else 0))
    pixels = (width * depth + 31) // 32 * 4 * height
    mask = (width + 31) // 32 * 4 * height
    end = 40 + colours + pixels
    is_known = length in (end, end + mask) or (length > end and only_zeros(reader, end, length))
    need(is_known, "bytes of a picture belong to nothing")
