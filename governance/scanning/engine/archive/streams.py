"""gzip, zlib, bzip2, xz and lzma: the codecs of the standard library, fed piece by piece.

A file may hold several streams one after another, which their programs read as one.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import Protocol, Self

from governance.scanning.engine.archive.walk import STEP, Damaged, Walk
from governance.scanning.engine.budget import Meter
from governance.scanning.engine.reader import Reader

_PIECE = 1024 * 1024
_MEMORY = 512 * 1024 * 1024


class _Codec(Protocol):
    """The part of the standard library's decompressors that is used here."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Zlib:
    """zlib's decompressor with the manners of the younger ones."""

    def __init__(self, bits: int) -> None:
        self.inflating = zlib.decompressobj(bits)
        self._bits = bits
        self._is_broken = False

    @property
    def eof(self) -> bool:
        return self.inflating.eof

    @property
    def needs_input(self) -> bool:
        return not (self._is_broken or self.inflating.unconsumed_tail)

    @property
    def unused_data(self) -> bytes:
        return self.inflating.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """What comes out; where a wrong checksum ends it, too, as many a reader stops before it."""
        if self._is_broken:
            raise zlib.error
        before = self.inflating.copy()
        packed = self.inflating.unconsumed_tail + data
        try:
            return self.inflating.decompress(packed, max_length)
        except zlib.error:
            self._is_broken = True
            return self._salvaged(before, packed, max_length)

    def _salvaged(self, before: zlib._Decompress, packed: bytes, max_length: int) -> bytes:
        """Whatever stands in front of the damage, letter by letter at last."""
        step, at, pieces, length = 4096, 0, [], 0
        while at < len(packed) and length < max_length:
            kept = before.copy()
            try:
                piece = before.decompress(packed[at : at + step], max_length - length)
            except zlib.error:
                if step == 1:
                    break
                before, step = kept, 1
                continue
            pieces.append(piece)
            length += len(piece)
            at += step
        return b"".join(pieces)

    def copy(self) -> _Zlib:
        twin = _Zlib(self._bits)
        twin.inflating = self.inflating.copy()
        twin._is_broken = self._is_broken
        return twin


class StreamWalk(Walk):
    """One or more streams in a row."""

    magic = b""
    """How a further stream begins; empty where there can be none."""
    padding = 0
    """Zeros may stand between streams in groups of so many."""

    def __init__(self, packed: Reader, meter: Meter) -> None:
        super().__init__(packed, meter)
        self.running = self.codec()
        self.taken = 0
        self.ended = False

    def codec(self) -> _Codec:
        """A decompressor at the beginning of a stream."""
        raise NotImplementedError

    def unpack(self) -> bytes:
        """The next piece; empty only at the end."""
        while not self.ended:
            data = b""
            if self.running.needs_input:
                data = self.packed.read_at(self.taken, STEP)
                self.taken += len(data)
                if not data:
                    raise Damaged("its compressed bytes break off")
            try:
                piece = self.running.decompress(data, _PIECE)
            except (zlib.error, lzma.LZMAError, OSError, EOFError):
                raise Damaged("its compressed bytes are damaged") from None
            if self.running.eof:
                self._go_on()
            if piece:
                return piece
        return b""

    def _go_on(self) -> None:
        """Begin the next stream, or find that this was the last."""
        self.taken -= len(self.running.unused_data)
        following = self.taken
        if self.padding:
            while self.packed.read_at(following, self.padding) == bytes(self.padding):
                following += self.padding
        if following == self.packed.size:
            self.taken = following
        head = self.packed.read_at(following, len(self.magic))
        if self.magic and head == self.magic:
            self.meter.spend_members(1)
            self.taken = following
            self.running = self.codec()
        else:
            self.ended = True

    @property
    def unused(self) -> int:
        """Packed bytes after the end of the last stream."""
        return self.packed.size - self.taken


class _ZlibWalk(StreamWalk):
    """Those whose state can be copied."""

    bits = 15

    def codec(self) -> _Codec:
        """A decompressor at the beginning of a stream."""
        return _Zlib(self.bits)

    def copy(self) -> Self | None:
        """A walk that stands where this one does."""
        twin = self.again()
        if not isinstance(self.running, _Zlib):
            return None
        twin.running = self.running.copy()
        twin.taken = self.taken
        twin.ended = self.ended
        twin.position = self.position
        return twin


class Gzip(_ZlibWalk):
    """RFC 1952."""

    magic = b"\x1f\x8b"
    bits = 31


class Zlib(_ZlibWalk):
    """RFC 1950."""


class Bzip2(StreamWalk):
    """bzip2."""

    magic = b"BZh"

    def codec(self) -> _Codec:
        """A decompressor at the beginning of a stream."""
        return bz2.BZ2Decompressor()


class Xz(StreamWalk):
    """The .xz format."""

    magic = b"\xfd7zXZ\x00"
    padding = 4

    def codec(self) -> _Codec:
        """A decompressor at the beginning of a stream."""
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)


class Lzma(StreamWalk):
    """The form that xz had before it was called so."""

    def codec(self) -> _Codec:
        """A decompressor at the beginning of a stream."""
        return lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MEMORY)
