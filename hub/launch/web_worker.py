"""gunicorn's worker with threads, hardened against visitors who are slow on purpose.

gunicorn gives a thread to whoever has sent a byte, and closes connections by waiting in its main thread: forty
visitors who send half a request, or never hang up, stop it. Here a connection gets a thread when the whole head of its
request has arrived, one address never has all threads, and nothing waits in the main thread. nginx in front does the
same; an embedded hub stands alone.
"""

from __future__ import annotations

import os
import selectors
import socket
import time
from collections import Counter, defaultdict, deque
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.http import errors as http
from gunicorn.workers.gthread import TConn, ThreadWorker

from hub.launch.client_socket import ClientSocket
from hub.launch.last_words import last_words

HEAD_WITHIN = 10.0  # seconds
LARGEST_HEAD = 64 * 2**10  # bytes
END_OF_HEAD = b"\r\n\r\n"
LINGER = 2.0  # seconds in which a visitor may read the answer to what was not read
ENOUGH = 2**20  # bytes thrown away while lingering
SHARE = 3 / 4  # of the threads for one address
CONNECTIONS = 256  # of one address
STATUSES: dict[type[Exception], int] = {
    http.LimitRequestLine: 414,
    http.LimitRequestHeaders: 431,
    http.ExpectationFailed: 417,
}


class Connection(TConn):  # type: ignore[misc]  # gunicorn ships no types
    """A visitor's connection, and as much of the next request's head as has come."""

    def __init__(self, worker: HubWorker, client: socket.socket, address: Any, server: Any) -> None:
        """Take over the socket that was accepted."""
        super().__init__(worker.cfg, ClientSocket(fileno=client.detach()), address, server)
        self.worker = worker
        self.host = address[0] if isinstance(address, tuple) else ""
        self.head = b""
        self.thrown_away = 0

    @property
    def is_ready(self) -> bool:
        """Whether a thread has nothing to wait for but the body."""
        return END_OF_HEAD in self.head

    @property
    def is_too_large(self) -> bool:
        """Whether more has come than a head may have."""
        return len(self.head) > LARGEST_HEAD and not self.is_ready

    def hand_over(self) -> None:
        """Give the head to the parser."""
        self.init()
        self.sock.begin()
        self.parser.unreader.unread(self.head)
        self.head = b""

    def close(self, graceful: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - gunicorn's signature
        """Close now; ``HubWorker.linger`` is the graceful way."""
        self.worker.forget(self)
        super().close()


class HubWorker(ThreadWorker):  # type: ignore[misc]
    """See the module. Everything here but ``handle`` runs in the main thread."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        shared = bool(
            int(os.environ.get("ARBORETUM_TRUSTED_PROXIES") or 0)
        )  # one address, many people
        self.share = self.cfg.threads if shared else max(1, int(self.cfg.threads * SHARE))
        self.most = self.cfg.worker_connections if shared else CONNECTIONS
        self.open: Counter[str] = Counter()
        self.busy: Counter[str] = Counter()
        self.in_line: defaultdict[str, deque[Connection]] = defaultdict(deque)
        self.lingering: deque[Connection] = deque()

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, unless its address has too many."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        connection = Connection(self, client, address, listener.getsockname())
        self.open[connection.host] += 1
        if self.open[connection.host] > self.most:
            self.drop(connection)
        else:
            self.await_head(connection)

    def await_head(self, connection: Connection) -> None:
        """Collect the head of a request; the connection is closed when it takes too long."""
        connection.sock.setblocking(False)
        connection.timeout = time.monotonic() + HEAD_WITHIN
        self.pending_conns.append(connection)
        self.watch(connection, self.on_pending_socket_readable)

    def watch(self, connection: Connection, then: Any) -> None:
        """Call ``then`` when something arrives."""
        self.poller.register(connection.sock, selectors.EVENT_READ, partial(then, connection))

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """The next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.await_head(conn)

    def on_pending_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Some more of a head."""
        data = _received(conn)
        if data is None:
            return
        conn.head = (conn.head + data).lstrip(b"\r\n")  # empty lines may precede a request
        if data and not conn.is_ready and not conn.is_too_large:
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if conn.is_ready:
            self.serve(conn)
            return
        if conn.is_too_large:
            _say_goodbye(conn, 431)
        self.linger(conn)

    def serve(self, connection: Connection) -> None:
        """Give it a thread, or a place in the line of its address."""
        connection.hand_over()
        if self.busy[connection.host] < self.share:
            self.busy[connection.host] += 1
            self.enqueue_req(connection)
        else:
            self.in_line[connection.host].append(connection)

    def finish_request(self, conn: Connection, fs: Future[bool]) -> None:
        """A thread is done with a request."""
        self.let_in_next(conn.host)
        if fs.cancelled() or fs.exception() or not fs.result():
            self.linger(conn)
            return
        conn.head = conn.parser.unreader.take_buffered().lstrip(b"\r\n")
        if conn.is_ready:
            self.serve(conn)
        elif conn.head:
            self.await_head(conn)
        else:
            conn.sock.setblocking(False)
            conn.set_timeout()
            self.keepalived_conns.append(conn)
            self.watch(conn, self.on_client_socket_readable)

    def let_in_next(self, host: str) -> None:
        """The thread goes to whoever of the same address waits longest."""
        if self.in_line[host]:
            self.enqueue_req(self.in_line[host].popleft())
            return
        del self.in_line[host]
        self.busy[host] -= 1
        if not self.busy[host]:
            del self.busy[host]

    def linger(self, connection: Connection) -> None:
        """Say goodbye and read on for a moment: closing at once would destroy the answer on its way."""
        try:
            connection.sock.setblocking(False)
            connection.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.drop(connection)
            return
        connection.timeout = time.monotonic() + LINGER
        self.lingering.append(connection)
        self.watch(connection, self.on_lingering)

    def on_lingering(self, conn: Connection, client: socket.socket) -> None:
        """Throw away what still comes."""
        data = _received(conn)
        if data is None:
            return
        conn.thrown_away += len(data)
        if not data or conn.thrown_away > ENOUGH:
            self.poller.unregister(client)
            self.lingering.remove(conn)
            self.drop(conn)

    def murder_pending(self) -> None:
        """Close what has waited long enough; a worker that stops waits for no head at all."""
        now = time.monotonic()
        for waiting in (self.pending_conns, self.lingering):
            while waiting and (waiting[0].timeout <= now or not self.alive):
                connection = waiting.popleft()
                self.poller.unregister(connection.sock)
                if connection.head and waiting is self.pending_conns and self.alive:
                    _say_goodbye(connection, 408)
                self.drop(connection)

    def drop(self, connection: Connection) -> None:
        """Close at once."""
        self.nr_conns -= 1
        connection.close()

    def forget(self, connection: Connection) -> None:
        """The connection is closed."""
        self.open[connection.host] -= 1
        if not self.open[connection.host]:
            del self.open[connection.host]

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what is no HTTP in our look, and log neither address nor content of it."""
        del req, addr
        if isinstance(exc, http.ParseException):
            status = STATUSES.get(type(exc), 400)
            self.log.info("request refused: %s", type(exc).__name__)
        else:
            status = 500
            self.log.error("request failed outside of the application", exc_info=exc)
        try:
            client.sendall(last_words(status))
        except OSError:
            self.log.debug("nobody was there to hear of it")


def _received(connection: Connection) -> bytes | None:
    """What is there; empty at the end, nothing when there was nothing after all."""
    try:
        return bytes(connection.sock.recv(LARGEST_HEAD))
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _say_goodbye(connection: Connection, status: int) -> None:
    try:
        connection.sock.send(last_words(status))
    except OSError:
        pass  # it went, or does not read
