"""Log files of the children: bounded in size, with what is alarming shown on the terminal as well."""

from __future__ import annotations

import re
import sys
from pathlib import Path

LARGEST = 10 * 2**20  # bytes
KEPT = 3
ALARMING = re.compile(rb"[\[: ](warning|error|critical)\b", re.IGNORECASE)
LOOKED_AT = 120  # bytes at the beginning of a line: where loggers write the level
TRACEBACK = b"Traceback (most recent call last)"


class LogFile:
    """``<name>.log``, with ``<name>.log.1`` to ``.3`` before it."""

    def __init__(self, path: Path, *, largest: int = LARGEST) -> None:
        """Go on at the end of ``path``, turning it over first when it is full."""
        self.path = path
        self.largest = largest
        self._rest = b""
        self._in_traceback = False
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")
        self._turn_over_when_full()

    def write(self, data: bytes) -> None:
        """Keep what a child wrote; show the lines that warn, and tracebacks."""
        self._file.write(data)
        self._file.flush()
        self._turn_over_when_full()
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._rest = self._rest[-LARGEST // 100 :]
        for line in lines:
            if self._in_traceback or line.startswith(TRACEBACK) or is_alarming(line):
                print(
                    f"[{self.path.stem}] {line.decode(errors='replace')}",
                    file=sys.stderr,
                    flush=True,
                )

            self._in_traceback = line.startswith((TRACEBACK, b" ")) and (
                self._in_traceback or line[:1] != b" "
            )

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _turn_over_when_full(self) -> None:
        if self._file.tell() < self.largest:
            return
        self._file.close()
        for number in range(KEPT, 0, -1):
            older = self._numbered(number - 1)
            if older.exists():
                older.replace(self._numbered(number))
        self._file = self.path.open("ab")

    def _numbered(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}") if number else self.path


def is_alarming(line: bytes) -> bool:
    """Whether a logger gave this line the level warning or a higher one."""
    return ALARMING.search(line[:LOOKED_AT]) is not None
