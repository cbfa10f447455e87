"""A server process that lives exactly as long as its ``with`` block."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hub.launch.child import die_with_parent

STOPS_WITHIN = 10.0  # seconds


class ServiceFailed(RuntimeError):
    """A service did not start; the message holds what it wrote."""


@contextmanager
def serving(
    command: Sequence[str],
    *,
    log: Path,
    is_up: Callable[[], bool],
    user: str | None = None,
    stop_with: signal.Signals = signal.SIGTERM,
    within: float = 30.0,
) -> Iterator[int]:
    """Run ``command`` in the foreground as ``user`` and yield its process id once ``is_up()`` is true.

    It is stopped afterwards, killed when it does not listen, and ended by the kernel when this process is killed.
    Raises ServiceFailed when it ends early or is not up ``within`` that many seconds.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            process_group=0,
            preexec_fn=die_with_parent(stop_with),
        )
    try:
        _wait(process, is_up, log, within)
        yield process.pid
    finally:
        _stop(process, stop_with)


def _wait(
    process: subprocess.Popen[bytes], is_up: Callable[[], bool], log: Path, within: float
) -> None:
    until = time.monotonic() + within
    while not is_up():
        if process.poll() is not None or time.monotonic() > until:
            raise ServiceFailed(
                f"{process.args!r} did not start:\n{log.read_text(errors='replace')}"
            )
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    process.send_signal(how)
    try:
        process.wait(timeout=STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
