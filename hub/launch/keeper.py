"""Keeps one program running and its output in a log file."""

from __future__ import annotations

import os
import selectors
import signal
import sys
from pathlib import Path

from hub.launch.child import Child, Program
from hub.launch.logs import LogFile
from hub.launch.patience import Patience
from hub.launch.refusals import StartRefused

READ_AT_ONCE = 65_536  # bytes


class Keeper:
    """One program, from its first start through every restart to its end."""

    def __init__(self, program: Program, *, logs: Path, selector: selectors.BaseSelector) -> None:
        """Prepare; ``look_after`` starts it. Output is read when ``selector`` says so."""
        self.program = program
        self._log = LogFile(logs / f"{program.name}.log")
        self._selector = selector
        self._patience = Patience()
        self._child: Child | None = None
        self._started = 0.0
        self._start_at = 0.0

    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._child.pid if self._child and self._child.exit_code() is None else None

    def look_after(self, now: float) -> None:
        """Notice a death, and start when it is time. Raises StartRefused when it dies again and again at its start."""
        if self._child and (code := self._child.exit_code()) is not None:
            self._bury(code, now)
        if self._child is None and now >= self._start_at:
            self._child, self._started = Child(self.program), now
            os.set_blocking(self._child.output.fileno(), False)
            self._selector.register(self._child.output, selectors.EVENT_READ, self._read)

    def signal(self, number: signal.Signals) -> None:
        """Send ``number`` when there is somebody to get it."""
        if self._child and self._child.exit_code() is None:
            self._child.signal(number)

    def end(self) -> None:
        """Kill what is left and close the log."""
        self._put_away()
        self._log.close()

    def _bury(self, code: int, now: float) -> None:
        self._put_away()
        wait = self._patience.wait_after(now - self._started, now=now)
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        if wait is None:
            raise StartRefused(
                f"The {self.program.name} process ended {how} again and again while starting, so the hub stopped: "
                f"read the end of {self._log.path} for the reason."
            )
        self._start_at = now + wait
        print(
            f"The {self.program.name} process ended {how}; starting it again in {wait:g} s.",
            file=sys.stderr,
        )

    def _put_away(self) -> None:
        """Kill the whole group (a dead leader may leave others behind), keep its last words."""
        if self._child is None:
            return
        self._child.sweep()
        self._read()
        if self._child.output in self._selector.get_map():
            self._selector.unregister(self._child.output)
        self._child.output.close()
        self._child = None

    def _read(self) -> None:
        if self._child is None:
            return
        while data := _available(self._child.output.fileno()):
            self._log.write(data)
        if data is not None and self._child.output in self._selector.get_map():
            self._selector.unregister(self._child.output)  # the end of the file


def _available(descriptor: int) -> bytes | None:
    """What can be read without waiting: empty at the end, nothing when there is no more yet."""
    try:
        return os.read(descriptor, READ_AT_ONCE)
    except BlockingIOError:
        return None
