"""Reading a deflated member as if it lay unpacked, in bounded memory.

The bytes are unpacked once to learn their true length and checksum; on the way the state of the decompressor is kept at
intervals, so that any range can be unpacked again from a little before it.
"""

from __future__ import annotations

import zlib

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.reader import BytesReader, CountingReader, Reader

_STEP = 256 * 1024
_SMALL = 8 * 1024 * 1024
_CHECKPOINTS = 64


class Damaged(Exception):
    """The compressed bytes cannot be unpacked to their end."""


class _Walk:
    """One pass over the compressed bytes."""

    def __init__(self, packed: Reader, meter: Meter) -> None:
        self._packed = packed
        self._meter = meter
        self._inflate = zlib.decompressobj(-15)
        self._read = 0
        self.position = 0

    def copy(self) -> _Walk:
        twin = _Walk(self._packed, self._meter)
        twin._inflate = self._inflate.copy()
        twin._read = self._read
        twin.position = self.position
        return twin

    def next(self) -> bytes:
        """The next piece, at most _STEP long; empty at the end. Raises Damaged, BudgetExceeded."""
        while not self._inflate.eof:
            source = self._inflate.unconsumed_tail
            if not source:
                source = self._packed.read_at(self._read, _STEP)
                self._read += len(source)
                if not source:
                    raise Damaged("its compressed bytes break off")
            try:
                piece = self._inflate.decompress(source, _STEP)
            except zlib.error:
                raise Damaged("its compressed bytes are damaged") from None
            if piece:
                self._meter.spend_inflated(len(piece))
                self.position += len(piece)
                return piece
        return b""

    @property
    def unused(self) -> int:
        """Compressed bytes after the end of the stream."""
        return self._packed.size - self._read + len(self._inflate.unused_data)


class InflatedReader(CountingReader):
    """A deflated member too large to keep in memory."""

    def __init__(self, checkpoints: list[_Walk], size: int) -> None:
        super().__init__(size)
        self._checkpoints = checkpoints
        self._walk = checkpoints[0].copy()
        self._piece = b""

    def _read(self, offset: int, length: int) -> bytes:
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
            self._walk = best.copy()
            self._piece = b""


def inflated(packed: Reader, meter: Meter) -> tuple[Reader, int, int]:
    """A reader of the unpacked bytes, their CRC-32, and how many packed bytes were left over."""
    walk = _Walk(packed, meter)
    kept: list[bytes] | None = []
    checkpoints = [walk.copy()]
    interval = _SMALL
    crc = 0
    while piece := walk.next():
        crc = zlib.crc32(piece, crc)
        if kept is not None:
            kept.append(piece)
            if walk.position > _SMALL:
                kept = None
        if walk.position - checkpoints[-1].position >= interval:
            checkpoints.append(walk.copy())
            if len(checkpoints) > _CHECKPOINTS:
                del checkpoints[1::2]
                interval *= 2
    if kept is not None:
        return BytesReader(b"".join(kept)), crc, walk.unused
    return InflatedReader(checkpoints, walk.position), crc, walk.unused
