"""Reading packed bytes as if they lay unpacked, in bounded memory.

The bytes are unpacked once to learn their true length and checksum; on the way the state of the codec is kept at intervals
where it can be copied, so that any range can be unpacked again from a little before it. What cannot be copied is unpacked again
from its beginning, which the budget pays for.
"""

from __future__ import annotations

import zlib
from collections import deque
from typing import Self

from governance.scanning.engine.archive.walk import STEP, Damaged, Walk
from governance.scanning.engine.budget import Meter
from governance.scanning.engine.reader import BytesReader, CountingReader, Reader

_SMALL = 8 * 1024 * 1024
_SMALL_IF_SEQUENTIAL = 64 * 1024 * 1024
_CHECKPOINTS = 64
_EDGE = 1024 * 1024
"""Bytes kept from both ends of what is too large to keep: identification looks there."""


class RawDeflate(Walk):
    """Deflate without header and checksum, as zip stores it."""

    def __init__(self, packed: Reader, meter: Meter) -> None:
        super().__init__(packed, meter)
        self.inflating = zlib.decompressobj(-15)
        self.taken = 0

    def copy(self) -> Self:
        """A walk that stands where this one does."""
        twin = self.again()
        twin.inflating = self.inflating.copy()
        twin.taken = self.taken
        twin.position = self.position
        return twin

    def unpack(self) -> bytes:
        """The next piece; empty only at the end."""
        while not self.inflating.eof:
            source = self.inflating.unconsumed_tail
            if not source:
                source = self.packed.read_at(self.taken, STEP)
                self.taken += len(source)
                if not source:
                    raise Damaged("its compressed bytes break off")
            try:
                piece = self.inflating.decompress(source, STEP)
            except zlib.error:
                raise Damaged("its compressed bytes are damaged") from None
            if piece:
                return piece
        return b""

    @property
    def unused(self) -> int:
        """Compressed bytes after the end of the stream."""
        return self.packed.size - self.taken + len(self.inflating.unused_data)


class UnpackedReader(CountingReader):
    """Unpacked bytes that are too many to keep in memory."""

    def __init__(self, checkpoints: list[Walk], size: int, first: bytes, last: bytes) -> None:
        super().__init__(size)
        self._checkpoints = checkpoints
        self._walk = _stand(checkpoints[0])
        self._piece = b""
        self._first = first
        self._last = last

    def _read(self, offset: int, length: int) -> bytes:
        if offset + length <= len(self._first):
            return self._first[offset : offset + length]
        from_end = offset - (self.size - len(self._last))
        if from_end >= 0:
            return self._last[from_end : from_end + length]
        return self._unpack(offset, length)

    def _unpack(self, offset: int, length: int) -> bytes:
        pieces: list[bytes] = []
        self._seek(offset)
        while length > 0:
            at = offset - (self._walk.position - len(self._piece))
            if at >= len(self._piece):
                self._piece = self._walk.next()
                if not self._piece:
                    break
                continue
            part = self._piece[at : at + length]
            pieces.append(part)
            offset += len(part)
            length -= len(part)
        return b"".join(pieces)

    def _seek(self, offset: int) -> None:
        """Go on from here when that is the nearest place before ``offset``, else from a checkpoint."""
        here = self._walk.position - len(self._piece)
        best = max(
            (one for one in self._checkpoints if one.position <= offset),
            key=lambda one: one.position,
        )
        if not here <= offset or best.position > self._walk.position:
            self._walk = _stand(best)
            self._piece = b""


def _stand(checkpoint: Walk) -> Walk:
    """A walk of one's own at a checkpoint; one that cannot be copied stands at the beginning."""
    return checkpoint.copy() or checkpoint.again()


class Unpacked:
    """What one pass over packed bytes gave: a reader of it, its checksum, and what was wrong."""

    def __init__(self, walk: Walk) -> None:
        self.crc = 0
        self.flaw = ""
        """Why the bytes could not be unpacked to their end; what came before can be read all the same."""
        self._kept: list[bytes] | None = []
        self._first = b""
        self._last: deque[bytes] = deque()
        self._trailing = 0
        self._checkpoints: list[Walk] = [walk.copy() or walk.again()]
        self._interval = _SMALL
        try:
            while piece := walk.next():
                self._note(walk, piece)
        except Damaged as flaw:
            self.flaw = str(flaw)
        self.unused = 0 if self.flaw else walk.unused
        self.reader = self._reader(walk.position)
        self._kept = None

    def _reader(self, size: int) -> Reader:
        if self._kept is not None:
            return BytesReader(b"".join(self._kept))
        last = b"".join(self._last)[-_EDGE:]
        return UnpackedReader(self._checkpoints, size, self._first, last)

    def _note(self, walk: Walk, piece: bytes) -> None:
        self.crc = zlib.crc32(piece, self.crc)
        if len(self._first) < _EDGE:
            self._first += piece[: _EDGE - len(self._first)]
        if self._kept is None:
            self._trail(piece)
            self._remember(walk)
            return
        self._kept.append(piece)
        twin = walk.copy() if walk.position > _SMALL else None
        limit = _SMALL if twin else _SMALL_IF_SEQUENTIAL
        if walk.position > limit:
            for one in self._kept[-8:]:
                self._trail(one)
            self._kept = None
            if twin:
                self._checkpoints.append(twin)

    def _trail(self, piece: bytes) -> None:
        """Keep at least the last bytes, by whole pieces: joining them each time would cost more than unpacking."""
        self._last.append(piece)
        self._trailing += len(piece)
        while self._trailing - len(self._last[0]) >= _EDGE:
            self._trailing -= len(self._last.popleft())

    def _remember(self, walk: Walk) -> None:
        if walk.position - self._checkpoints[-1].position < self._interval:
            return
        twin = walk.copy()
        if twin is None:
            return
        self._checkpoints.append(twin)
        if len(self._checkpoints) > _CHECKPOINTS:
            del self._checkpoints[1::2]
            self._interval *= 2


def inflated(packed: Reader, meter: Meter) -> Unpacked:
    """A deflated member of a zip archive; raises BudgetExceeded."""
    return Unpacked(RawDeflate(packed, meter))


__all__ = ["Damaged", "RawDeflate", "Unpacked", "UnpackedReader", "inflated"]
