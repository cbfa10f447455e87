"""The marks of a running hub in its data folder: a lock that only one start can hold, and ``run.json``."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hub.launch.options import Options
from hub.launch.refusals import StartRefused


@contextmanager
def only_start_on(data: Path) -> Iterator[None]:
    """Hold the lock of the data folder; the kernel frees it however the process ends.

    Raises StartRefused when another process holds it.
    """
    with (data / "run.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartRefused(
                f"Arboretum is already running on the data folder {data}{_where(data)}: "
                "stop it first or choose another folder with ARBORETUM_DATA=/path/to/folder."
            ) from None
        yield


def _where(data: Path) -> str:
    try:
        state = json.loads((data / "run.json").read_text())
        return f" (process {state['pid']}, {state['url']})"
    except (OSError, ValueError, KeyError):
        return ""  # it is still starting: there is nothing more to say about it


@dataclass(frozen=True, slots=True)
class RunFile:
    """``run.json``: which processes make up the running hub, for operators and for tests."""

    path: Path
    options: Options

    def write(self, pids: Mapping[str, int], *, ready: bool) -> None:
        """Replace the file in one step, so that a reader never sees half of it."""
        state = {
            "pid": os.getpid(),
            "url": self.options.url,
            "port": self.options.port,
            "ready": ready,
            "children": dict(pids),
        }
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps(state, indent=2) + "\n")
        draft.replace(self.path)

    def remove(self) -> None:
        """Take the file away when the hub stops."""
        self.path.unlink(missing_ok=True)
