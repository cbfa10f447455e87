"""Bounded reading of bytes that may be far larger than memory.

Analysers never hold a file: they ask a reader for a range. A reader counts what was asked of it, so that a
report can say how much of a large file had to be looked at.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from typing import Protocol

MAX_READ = 128 * 1024 * 1024
"""Bytes; the most that one call returns. Only a safetensors header or a JSON file asks for millions."""


class Reader(Protocol):
    """Random access to a fixed number of bytes."""

    @property
    def size(self) -> int:
        """The number of bytes that can be read."""

    @property
    def bytes_read(self) -> int:
        """The number of bytes handed out so far."""

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``offset``; fewer only where the bytes end."""


class CountingReader(ABC):
    """What all readers share: their size, and a count of what they handed out."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._bytes_read = 0

    @property
    def size(self) -> int:
        """The number of bytes that can be read."""
        return self._size

    @property
    def bytes_read(self) -> int:
        """The number of bytes handed out so far."""
        return self._bytes_read

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``offset``; fewer only where the bytes end."""
        if offset < 0 or length < 0 or length > MAX_READ:
            raise ValueError(f"cannot read {length} bytes at {offset}")
        piece = self._read(offset, max(0, min(length, self._size - offset)))
        self._bytes_read += len(piece)
        return piece

    @abstractmethod
    def _read(self, offset: int, length: int) -> bytes:
        """Exactly these bytes, which exist."""


class FdReader(CountingReader):
    """Reads an open file descriptor by position, so the descriptor's own offset never matters."""

    def __init__(self, fd: int) -> None:
        super().__init__(os.fstat(fd).st_size)
        self._fd = fd

    def _read(self, offset: int, length: int) -> bytes:
        pieces: list[bytes] = []
        while length > 0:
            piece = os.pread(self._fd, length, offset)
            if not piece:
                break
            pieces.append(piece)
            offset += len(piece)
            length -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class BytesReader(CountingReader):
    """Reads bytes that are already in memory: an inflated member, a test."""

    def __init__(self, content: bytes) -> None:
        super().__init__(len(content))
        self._content = content

    def _read(self, offset: int, length: int) -> bytes:
        return self._content[offset : offset + length]


class SliceReader(CountingReader):
    """A part of another reader, seen as if it were a file of its own."""

    def __init__(self, whole: Reader, start: int, size: int) -> None:
        super().__init__(max(0, min(size, whole.size - start)))
        self._whole = whole
        self._start = start

    def _read(self, offset: int, length: int) -> bytes:
        return self._whole.read_at(self._start + offset, length)
