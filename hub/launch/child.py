"""One process that the hub keeps running."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from hub.launch.options import ROOT

PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, and the signal that makes it stop at once (SIGTERM lets it finish what it is doing)."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    hurry: signal.Signals = signal.SIGTERM


class Child:
    """A started program: leader of a process group of its own, and not able to outlive its parent."""

    def __init__(self, program: Program, *, root: Path = ROOT) -> None:
        """Start the program now, with its output in ``self.output``."""
        self.program = program
        self._process = subprocess.Popen(
            program.command,
            cwd=root,
            env=os.environ | {"PYTHONUNBUFFERED": "1"} | dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            process_group=0,
            preexec_fn=die_with_parent(program.hurry),  # noqa: PLW1509 - safe: the parent has one thread
        )
        self.pid = self._process.pid

    @property
    def output(self) -> IO[bytes]:
        """The pipe that standard output and standard error go to."""
        if self._process.stdout is None:
            raise ValueError("The child was started without a pipe.")
        return self._process.stdout

    def exit_code(self) -> int | None:
        """How it ended (negative: by that signal); nothing while it runs."""
        return self._process.poll()

    def signal(self, number: signal.Signals) -> None:
        """Send ``number`` to the program alone, which tells its own children."""
        self._process.send_signal(number)

    def sweep(self) -> None:
        """Kill what is left of the process group, whether or not its leader still lives."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass  # nobody is left; macOS says it with the second error
        self._process.wait()


def die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """What a new process does first: ask the kernel to send it ``number`` when its parent dies, even by kill -9.

    Only Linux has it; elsewhere nothing is done. To be used by a parent with a single thread.
    """
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None, use_errno=True).prctl, os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask
