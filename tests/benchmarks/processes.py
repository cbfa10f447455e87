"""How much memory each process of a running hub takes, from what Linux tells under /proc."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.services.hub import RunningHub

EVERY = 0.1  # seconds
PROC = Path("/proc")
MEGABYTE = 10**6
CHILDREN = {"governance/scanning/forkserver.py": "scanner", "setrlimit": "renderer"}


@dataclass(slots=True)
class Peak:
    """The most that processes of one kind took, each by itself, in bytes.

    ``resident`` is the kernel's own high-water mark, so nothing hides between two looks; it counts pages that several
    processes share in each of them. ``share`` (Pss) counts shared pages in equal parts and is sampled.
    """

    resident: int = 0
    share: int = 0
    pids: set[int] = field(default_factory=set)


class Watch:
    """Looks at a hub and everything that it starts, ten times a second, as long as its ``with`` block lasts."""

    def __init__(self, hub: RunningHub) -> None:
        self.peaks: dict[str, Peak] = {}
        self.most_at_once = 0
        self._hub = hub
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @property
    def worst(self) -> int:
        """The most that any process had resident, in bytes."""
        return max(peak.resident for peak in self.peaks.values())

    def _look_on(self) -> None:
        while not self._done.wait(EVERY):
            at_once = 0
            for name, pid in _processes(self._hub):
                with suppress(OSError, KeyError):  # it has ended, or is about to
                    resident = _field(PROC / f"{pid}/status", "VmHWM")
                    share = _field(PROC / f"{pid}/smaps_rollup", "Pss")
                    at_once += share
                    peak = self.peaks.setdefault(name, Peak())
                    peak.resident = max(peak.resident, resident)
                    peak.share = max(peak.share, share)
                    peak.pids.add(pid)
            self.most_at_once = max(self.most_at_once, at_once)


def _processes(hub: RunningHub) -> Iterator[tuple[str, int]]:
    """Name and id of the parent, its programs, and whatever these have started."""
    yield "parent", hub.process.pid
    with suppress(OSError, json.JSONDecodeError):
        for name, pid in hub.state["children"].items():
            yield name, pid
            yield from _below(f"{name} child", pid)


def _below(name: str, pid: int) -> Iterator[tuple[str, int]]:
    with suppress(OSError):
        for thread in PROC.glob(f"{pid}/task/*/children"):
            for child in map(int, thread.read_text().split()):
                called = _called(child) or name
                yield called, child
                yield from _below(called, child)


def _called(pid: int) -> str | None:
    command = (PROC / f"{pid}/cmdline").read_bytes().decode(errors="replace")
    return next((name for part, name in CHILDREN.items() if part in command), None)


def _field(path: Path, name: str) -> int:
    """A number of kB in such a file, in bytes. Raises KeyError where the kernel leaves it out (a zombie)."""
    for line in path.read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024
    raise KeyError(name)
