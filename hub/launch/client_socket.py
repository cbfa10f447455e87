"""A connection to a visitor that does not wait for ever, however slowly the visitor reads or sends."""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

STALLED = 30.0  # seconds without a byte, in either direction
FREE = 20.0  # seconds of waiting before the rate counts: a lift, a tunnel
SLOWEST = 1000  # bytes a second that a body must make, on the average of the time we waited for it
PIECE = 64 * 2**10  # bytes sent at a time, each within STALLED: 2 kB/s is enough to read a page


class ClientSocket(socket.socket):
    """Where gunicorn asks for a blocking socket this one has patience, and an end of it.

    What is too slow looks like a connection that the visitor has reset: gunicorn and Django know that case.
    """

    _waited = 0.0
    _arrived = 0

    def begin(self) -> None:
        """A new request: what came before does not count."""
        self._waited, self._arrived = 0.0, 0

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001 - the socket's signature
        """Wait for ``STALLED`` seconds at most where it would wait for ever."""
        self.settimeout(STALLED if flag else 0.0)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """What has arrived; refused when it comes slower than ``SLOWEST``."""
        if self.gettimeout() == 0:
            return super().recv(size, flags)
        began = time.monotonic()
        data = _patiently(super().recv, size, flags)
        self._waited += time.monotonic() - began
        self._arrived += len(data)
        if self._waited > FREE and self._arrived < SLOWEST * self._waited:
            raise _too_slow()
        return data

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send everything, as long as some of it moves."""
        whole = memoryview(data)
        for start in range(0, len(whole), PIECE):
            _patiently(super().sendall, whole[start : start + PIECE], flags)

    def sendfile(self, *args: Any, **named: Any) -> int:
        """Send a file, as long as some of it moves."""
        return _patiently(super().sendfile, *args, **named)


def _patiently(act: Callable[..., T], *args: Any, **named: Any) -> T:
    try:
        return act(*args, **named)
    except TimeoutError as error:
        raise _too_slow() from error


def _too_slow() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, "the visitor was too slow")
