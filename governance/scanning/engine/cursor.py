"""Walking forward through a reader byte by byte without a system call for each."""

from __future__ import annotations

from governance.scanning.engine.reader import Reader

WINDOW = 128 * 1024
MAX_LINE = 256 * 1024 * 1024
"""Bytes; tensors without a single newline are not read to their end in search of one."""


class Truncated(Exception):
    """The bytes end inside what was being read."""


class Cursor:
    """A position in a reader and the window of ``step`` bytes around it."""

    __slots__ = ("_at", "_base", "_reader", "_step", "_window", "size")

    def __init__(self, reader: Reader, start: int = 0, step: int = WINDOW) -> None:
        self._reader = reader
        self._base = start
        self._window = b""
        self._at = 0
        self._step = step
        self.size = reader.size

    @property
    def position(self) -> int:
        """Bytes from the beginning of the reader."""
        return self._base + self._at

    def copy(self) -> Cursor:
        """Another cursor at the same place."""
        return Cursor(self._reader, self.position, self._step)

    def byte(self) -> int:
        """The next byte, or -1 at the end."""
        if self._at >= len(self._window):
            self._refill(self.position)
            if not self._window:
                return -1
        value = self._window[self._at]
        self._at += 1
        return value

    def take(self, length: int) -> bytes:
        """Exactly ``length`` bytes; raises Truncated when they are not there."""
        start = self._at
        end = start + length
        if end <= len(self._window):
            self._at = end
            return self._window[start:end]
        position = self.position
        if position + length > self.size:
            raise Truncated
        if length <= self._step:
            self._refill(position)
            self._at = length
            taken = self._window[:length]
        else:
            taken = self._reader.read_at(position, length)
            self._move(position + length)
        if len(taken) < length:
            raise Truncated
        return taken

    def skip(self, length: int) -> None:
        """Move on without reading; raises Truncated when the bytes end before."""
        if length <= len(self._window) - self._at:
            self._at += length
            return
        target = self.position + length
        if target > self.size:
            raise Truncated
        self._move(target)

    def line(self, keep: int, *, or_rest: bool = False) -> tuple[bytes, int]:
        """The first ``keep`` bytes up to the next newline, and how many there were; the newline is consumed.

        Raises Truncated when there is no newline; with ``or_rest`` the last byte is then taken for one.
        """
        head = b""
        length = 0
        while True:
            if self._at >= len(self._window):
                self._refill(self.position)
                if not self._window:
                    if or_rest and length:
                        return head[: length - 1], length - 1
                    raise Truncated
            newline = self._window.find(b"\n", self._at)
            end = newline if newline >= 0 else len(self._window)
            if len(head) < keep:
                head += self._window[self._at : min(end, self._at + keep - len(head))]
            length += end - self._at
            self._at = end
            if length > MAX_LINE:
                raise Truncated
            if newline >= 0:
                self._at += 1
                return head, length

    def _refill(self, position: int) -> None:
        self._base = position
        self._window = self._reader.read_at(position, self._step)
        self._at = 0

    def _move(self, position: int) -> None:
        self._base = position
        self._window = b""
        self._at = 0
