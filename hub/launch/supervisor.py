"""Keeps the children running until it is told to stop. One thread; everything it waits for is one selector."""

from __future__ import annotations

import selectors
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from hub.launch.child import Program
from hub.launch.keeper import Keeper

STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
HURRY_AFTER, KILL_AFTER = 2.5, 9.0  # seconds after the wish to stop; 10 are promised
TICK = 0.2  # seconds


class Supervisor:
    """The parent of the programs.

    ``on_change`` hears the process ids whenever they change; ``is_up`` is asked until it says yes, and then ``on_ready``
    is called once.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        logs: Path,
        on_change: Callable[[Mapping[str, int]], None],
        is_up: Callable[[], bool],
        on_ready: Callable[[Mapping[str, int]], None],
    ) -> None:
        """Prepare; nothing is started yet."""
        self._selector = selectors.DefaultSelector()
        self._keepers = [
            Keeper(program, logs=logs, selector=self._selector) for program in programs
        ]
        self._on_change = on_change
        self._is_up = is_up
        self._on_ready = on_ready
        self._stop_asked = False

    def run(self) -> None:
        """Start everything, keep it running, and stop everything on a signal (then return).

        Raises StartRefused when a program cannot be made to live; the others are stopped first.
        """
        with self._signals():
            try:
                self._keep_until_stopped()
            finally:
                self._stop()

    def _keep_until_stopped(self) -> None:
        ready, known = False, dict[str, int]()
        while not self._stop_asked:
            for keeper in self._keepers:
                keeper.look_after(time.monotonic())
            if (pids := self._pids()) != known:
                known = pids
                self._on_change(pids)
            if not ready and self._is_up():
                ready = True
                self._on_ready(pids)
            self._listen(TICK)

    def _stop(self) -> None:
        began = time.monotonic()
        self._tell(lambda _: signal.SIGTERM)
        hurried = False
        while self._pids() and (passed := time.monotonic() - began) < KILL_AFTER:
            if passed > HURRY_AFTER and not hurried:
                hurried = True
                self._tell(lambda keeper: keeper.program.hurry)
            self._listen(TICK)
        for keeper in self._keepers:
            keeper.end()

    def _tell(self, number: Callable[[Keeper], signal.Signals]) -> None:
        for keeper in self._keepers:
            keeper.signal(number(keeper))

    def _pids(self) -> dict[str, int]:
        return {
            keeper.program.name: pid
            for keeper in self._keepers
            if (pid := keeper.pid()) is not None
        }

    def _listen(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            key.data()

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Turn signals into something that the selector sees; SIGCHLD only wakes it up."""
        reader, writer = socket.socketpair()
        reader.setblocking(False)
        writer.setblocking(False)
        self._selector.register(reader, selectors.EVENT_READ, lambda: reader.recv(4096))
        before = {number: signal.signal(number, self._ask_to_stop) for number in STOPS}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        wake_up = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(wake_up)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._selector.close()
            reader.close()
            writer.close()

    def _ask_to_stop(self, *_: object) -> None:
        self._stop_asked = True
