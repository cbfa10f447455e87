"""Zstandard, frame by frame and block by block (RFC 8878).

The library unpacks whatever a piece of input holds, however much that is; so it is given one block at a time, which holds at
most 128 KiB. Walking the blocks here also shows where a frame ends.
"""

from __future__ import annotations

import zstandard

from governance.scanning.engine.archive.walk import Damaged, Unusual, Walk
from governance.scanning.engine.budget import Meter
from governance.scanning.engine.reader import Reader

_MAGIC = b"\x28\xb5\x2f\xfd"
_WINDOW = 128 * 1024 * 1024
_DICTIONARY = (0, 1, 2, 4)
_SIZE = (0, 2, 4, 8)
_RAW, _REPEATED, _COMPRESSED = range(3)
_NOTE = 8
"""Parallel programs note sizes in frames to be skipped; anything longer is somebody's luggage."""


def skippable(head: bytes) -> int | None:
    """The length of a frame that decoders skip, without its 8 bytes of header; None when it is none."""
    if len(head) == 8 and 0x50 <= head[0] <= 0x5F and head[1:4] == b"\x2a\x4d\x18":
        return int.from_bytes(head[4:], "little")
    return None


class Zstd(Walk):
    """One or more frames in a row."""

    def __init__(self, packed: Reader, meter: Meter) -> None:
        super().__init__(packed, meter)
        self._at = 0
        self._codec: zstandard.ZstdDecompressionObj | None = None
        self._has_checksum = False
        self._ended = False

    def unpack(self) -> bytes:
        """The next piece; empty only at the end."""
        piece = b""
        while not piece and not self._ended:
            piece = self._block() if self._codec else self._frame()
        return piece

    @property
    def unused(self) -> int:
        """Packed bytes after the end of the last frame."""
        return self.packed.size - self._at

    def _take(self, length: int) -> bytes:
        taken = self.packed.read_at(self._at, length)
        if len(taken) < length:
            raise Damaged("its compressed bytes break off")
        self._at += length
        return taken

    def _feed(self, data: bytes) -> bytes:
        assert self._codec is not None
        try:
            return self._codec.decompress(data)
        except zstandard.ZstdError:
            raise Damaged("its compressed bytes are damaged") from None

    def _frame(self) -> bytes:
        head = self.packed.read_at(self._at, 8)
        length = skippable(head)
        if length is not None and length <= _NOTE:
            self._take(8 + length)
            return b""
        if head[:4] != _MAGIC:
            self._ended = True
            return b""
        self.meter.spend_members(1)
        described = head[4] if len(head) > 4 else 0
        is_single = bool(described & 0x20)
        dictionary = _DICTIONARY[described & 3]
        size = _SIZE[described >> 6] or int(is_single)
        header = self._take(5 + (not is_single) + dictionary + size)
        if any(header[5 + (not is_single) :][:dictionary]):
            raise Unusual("it needs a dictionary that is not part of it")
        self._has_checksum = bool(described & 4)
        self._codec = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
        return self._feed(header)

    def _block(self) -> bytes:
        header = self._take(3)
        number = int.from_bytes(header, "little")
        kind, length = number >> 1 & 3, number >> 3
        if kind > _COMPRESSED:
            raise Damaged("its compressed bytes are damaged")
        piece = self._feed(header + self._take(1 if kind == _REPEATED else length))
        if number & 1:
            piece += self._finish()
        return piece

    def _finish(self) -> bytes:
        piece = self._feed(self._take(4)) if self._has_checksum else b""
        assert self._codec is not None
        if not self._codec.eof:
            raise Damaged("its compressed bytes do not end where they say")
        self._codec = None
        return piece
