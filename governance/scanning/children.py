"""Starting the process for one file through a fork server of one's own, hearing how it ended, and ending it in time.

Each process that scans keeps one server, started when it first scans. A server that is gone is nobody's verdict: it raises
``NoScanner``, and the job that asked is tried again with a new one.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("child.py")
_SERVER = Path(__file__).with_name("forkserver.py")
_PATIENCE = 60.0
"""Seconds; for a server to start and answer. It does nothing else, so only a machine in distress takes longer."""


class NoScanner(OSError):
    """The fork server could not be started or has gone away; nothing is known of the file."""


class TooSlow(Exception):
    """The deadline passed before the process ended."""


def await_bytes(fd: int, deadline: float) -> None:
    """Return as soon as there is something to read, or nothing will come; raises TooSlow."""
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TooSlow


class Running:
    """One forked process: what it says comes out of ``pipe``."""

    def __init__(self, server: _Server, pid: int, pipe: int) -> None:
        self._server = server
        self.pid = pid
        self.pipe = pipe
        self.status: int | None = None

    def wait(self, deadline: float) -> int:
        """How it ended: its status, or the number of a signal below zero; raises TooSlow and NoScanner."""
        self.status = int(self._server.answer(deadline)["status"])
        return self.status

    def end(self) -> None:
        """End it, unless it has, and all that it started."""
        with contextlib.suppress(
            ProcessLookupError
        ):  # when the server has died, and its child has, too
            os.killpg(self.pid, signal.SIGKILL)
        if self.status is None:
            self.status = int(self._server.soon()["status"])


class _Server:
    """The client's end of one fork server."""

    def __init__(self, child: Path) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and files
                [
                    sys.executable,
                    "-I",
                    "-B",
                    "-X",
                    "utf8",
                    str(_SERVER),
                    str(child),
                    str(theirs.fileno()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={},
                cwd="/",
                start_new_session=True,
            )
        self._socket = ours
        self._heard = b""

    @contextlib.contextmanager
    def fork(self, fd: int, order: dict[str, Any]) -> Iterator[Running]:
        """A process for the file; it and all that it started are ended on leaving."""
        reads, writes = os.pipe2(os.O_CLOEXEC)
        try:
            with tempfile.TemporaryDirectory(prefix="scan-") as empty:
                self._send(order, fd, writes, empty)
                running = Running(self, int(self.soon()["pid"]), reads)
                try:
                    yield running
                finally:
                    running.end()
                    self._socket.sendall(b".")
        finally:
            os.close(reads)

    def _send(self, order: dict[str, Any], fd: int, writes: int, empty: str) -> None:
        folder = os.open(empty, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            socket.send_fds(self._socket, [json.dumps(order).encode()], [fd, writes, folder])
        finally:
            os.close(folder)
            os.close(writes)

    def soon(self) -> dict[str, Any]:
        """The server's next line, which takes it no time; raises NoScanner."""
        try:
            return self.answer(time.monotonic() + _PATIENCE)
        except TooSlow:
            raise NoScanner("the scanner's fork server does not answer in time") from None

    def answer(self, deadline: float) -> dict[str, Any]:
        """The server's next line; raises TooSlow and NoScanner."""
        while b"\n" not in self._heard:
            await_bytes(self._socket.fileno(), deadline)
            piece = self._socket.recv(4096)
            if not piece:
                raise NoScanner("the scanner's fork server has gone away")
            self._heard += piece
        line, _, self._heard = self._heard.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def stop(self) -> None:
        """Hang up and end it."""
        self._socket.close()
        self._process.kill()
        self._process.wait()

    def forget(self) -> None:
        """Hang up in a fork of the process whose server it is; the server itself is not ours to end."""
        self._socket.close()
        self._process.returncode = 0


_servers: dict[Path, _Server] = {}
_one_at_a_time = threading.Lock()


@contextlib.contextmanager
def forked(fd: int, order: dict[str, Any]) -> Iterator[Running]:
    """A process of its own for the file behind ``fd``; raises NoScanner when there can be none.

    ``order`` is handed over as JSON. Leaving ends the process, whatever it is doing.
    """
    with _one_at_a_time:
        server = _servers.get(CHILD)
        if server is None:
            server = _servers[CHILD] = _Server(CHILD)
        try:
            with server.fork(fd, order) as running:
                yield running
        except (ConnectionError, NoScanner) as reason:
            _servers.pop(CHILD).stop()
            raise NoScanner("The scanner's fork server does not answer.") from reason


def _stop_all() -> None:
    while _servers:
        _servers.popitem()[1].stop()


def _forget_all() -> None:
    """In a fork: the lock may be held by a thread that does not exist here, and the servers are the parent's."""
    global _one_at_a_time  # noqa: PLW0603 - replaced once, before any thread of this process exists
    _one_at_a_time = threading.Lock()
    while _servers:
        _servers.popitem()[1].forget()


atexit.register(_stop_all)
os.register_at_fork(after_in_child=_forget_all)
