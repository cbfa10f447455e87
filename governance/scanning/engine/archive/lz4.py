"""LZ4 frames and blocks, unpacked by our own rules (lz4_Frame_format 1.6.4, lz4_Block_format)."""

from __future__ import annotations

from governance.scanning.engine.archive.frames import skippable
from governance.scanning.engine.archive.walk import Damaged, Unusual, Walk
from governance.scanning.engine.archive.xxhash import xxh32
from governance.scanning.engine.budget import Meter
from governance.scanning.engine.reader import Reader

_MAGIC = b"\x04\x22\x4d\x18"
_LARGEST = {4: 64 * 1024, 5: 256 * 1024, 6: 1024 * 1024, 7: 4 * 1024 * 1024}
_HISTORY = 64 * 1024
_HASHED = 1024 * 1024
"""Checksums are compared for blocks and contents up to this many bytes: the sum is slow in Python."""
_NOTE = 8


class Lz4(Walk):
    """One or more frames in a row."""

    def __init__(self, packed: Reader, meter: Meter) -> None:
        super().__init__(packed, meter)
        self._at = 0
        self._flags = 0
        self._largest = 0
        self._left: int | None = None
        self._history = b""
        self._content: bytes | None = b""
        self._in_frame = False
        self._ended = False

    def unpack(self) -> bytes:
        """The next piece; empty only at the end."""
        piece = b""
        while not piece and not self._ended:
            if self._in_frame:
                piece = self._block()
            else:
                self._frame()
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

    def _frame(self) -> None:
        head = self.packed.read_at(self._at, 8)
        length = skippable(head)
        if length is not None and length <= _NOTE:
            self._take(8 + length)
            return
        if head[:4] != _MAGIC:
            self._ended = True
            return
        self.meter.spend_members(1)
        self._take(4)
        described = self._take(2)
        self._flags = described[0]
        described += self._take(8 * bool(self._flags & 8) + 4 * (self._flags & 1))
        if described[0] >> 6 != 1 or described[0] & 2 or described[1] & 0x8F:
            raise Damaged("its frame has flags that do not exist")
        if self._take(1)[0] != xxh32(described) >> 8 & 0xFF:
            raise Damaged("the checksum of its frame is wrong")
        if self._flags & 1:
            raise Unusual("it needs a dictionary that is not part of it")
        self._largest = _LARGEST.get(described[1] >> 4, 0)
        self._left = int.from_bytes(described[2:10], "little") if self._flags & 8 else None
        self._history, self._content, self._in_frame = b"", b"", True

    def _block(self) -> bytes:
        number = int.from_bytes(self._take(4), "little")
        if not number:
            self._finish()
            return b""
        length = number & 0x7FFFFFFF
        if length > self._largest:
            raise Damaged("a block is longer than its frame allows")
        data = self._take(length)
        if self._flags & 0x10:
            stated = int.from_bytes(self._take(4), "little")
            if length <= _HASHED and xxh32(data) != stated:
                raise Damaged("the checksum of a block is wrong")
        is_linked = not self._flags & 0x20
        piece = data if number >> 31 else unpack_block(data, self._history, self._largest)
        self._history = (self._history + piece)[-_HISTORY:] if is_linked else b""
        self._count(piece)
        return piece

    def _count(self, piece: bytes) -> None:
        if self._left is not None:
            self._left -= len(piece)
            if self._left < 0:
                raise Damaged("it unpacks to more than it says")
        if self._content is not None:
            self._content += piece
            if len(self._content) > _HASHED:
                self._content = None

    def _finish(self) -> None:
        if self._left:
            raise Damaged("it unpacks to less than it says")
        if self._flags & 4:
            stated = int.from_bytes(self._take(4), "little")
            if self._content is not None and xxh32(self._content) != stated:
                raise Damaged("its checksum is wrong")
        self._in_frame = False


def unpack_block(data: bytes, history: bytes, most: int) -> bytes:
    """The bytes of one block, which may repeat some of ``history``; raises Damaged."""
    out = bytearray(history)
    limit = len(history) + most
    at, end = 0, len(data)
    while at < end:
        token = data[at]
        length, at = _length(data, at + 1, token >> 4)
        if at + length > end:
            raise Damaged("its compressed bytes break off")
        out += data[at : at + length]
        at += length
        if at == end:
            break
        back = int.from_bytes(data[at : at + 2], "little")
        if at + 2 > end or not 0 < back <= len(out):
            raise Damaged("its compressed bytes point before their beginning")
        length, at = _length(data, at + 2, token & 15)
        length += 4
        if len(out) + length > limit:
            raise Damaged("a block unpacks to more than its frame allows")
        piece = out[len(out) - back : len(out) - back + length]
        if len(piece) < length:
            piece = (piece * (length // back + 1))[:length]
        out += piece
    if len(out) > limit or not data:
        raise Damaged("a block unpacks to more than its frame allows")
    return bytes(out[len(history) :])


def _length(data: bytes, at: int, length: int) -> tuple[int, int]:
    """A length that goes on in further bytes when its four bits are full, and where it ends."""
    if length < 15:
        return length, at
    while True:
        if at >= len(data):
            raise Damaged("its compressed bytes break off")
        length += data[at]
        at += 1
        if data[at - 1] != 255:
            return length, at
