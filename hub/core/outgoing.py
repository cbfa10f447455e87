"""Sending something to an address that somebody else chose, without being led anywhere it should not go.

The name is resolved once, every answer must be an allowed address, and the connection goes to that very address: a second
answer of the name server changes nothing. No proxy, no redirect, one deadline for everything, and a bound on the answer.
"""

from __future__ import annotations

import http.client
import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from hub.core.errors import Invalid
from hub.core.public_addresses import is_allowed, networks

SECONDS = 5.0
MAX_ANSWER = 2**20
MAX_URL = 500
KEPT_HEADERS, KEPT_BODY = 2000, 4000  # characters of the answer
PORTS = {"http": 80, "https": 443}
HIDDEN_HEADERS = ("set-cookie", "authorization", "www-authenticate")

Resolver = Callable[[str, int], Sequence[str]]


class Refused(Exception):
    """The hub will not send there; the message says why, and names no address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or why there is none. The rest is cut to what a log needs."""

    status: int | None
    error: str
    milliseconds: int
    headers: str = ""
    body: str = ""

    @property
    def is_success(self) -> bool:
        """Whether it was taken."""
        return not self.error and self.status is not None and 200 <= self.status < 300


def checked_url(url: str, *, field: str = "url") -> str:
    """The address if something may be sent to it, as far as that can be said without asking anybody. Raises ``Invalid``."""
    try:
        _checked(url)
    except Refused as refused:
        raise Invalid(str(refused), field=field) from refused
    return url


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that the system knows for a name. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How to send: ``resolver`` and ``tls`` are where tests put a name server and an authority of their own."""

    resolver: Resolver = resolve
    tls: ssl.SSLContext | None = field(default=None)
    seconds: float = SECONDS

    def post(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send ``body`` once. Never raises for what the other side or the network does."""
        started = time.monotonic()
        deadline = started + self.seconds

        def spent() -> int:
            return round((time.monotonic() - started) * 1000)

        try:
            parts = _checked(url)
            address = self._address(parts, deadline)
            status, said, text = self._exchange(parts, address, deadline, (body, headers))
        except Refused as refused:
            return Answer(None, str(refused), spent())
        except ssl.SSLCertVerificationError:
            return Answer(None, _("Its certificate is not valid for this name."), spent())
        except TimeoutError:
            return Answer(None, self._too_slow(), spent())
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(None, _no_connection(error), spent())
        is_redirect = 300 <= status < 400
        why = _("It answered with a redirect, which is not followed.") if is_redirect else ""
        return Answer(status, why, spent(), headers=said, body=text)

    def _address(self, parts: SplitResult, deadline: float) -> str:
        """The one address to connect to. All that the name stands for must be allowed: no choosing among good and bad."""
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        found = _within(lambda: self.resolver(host, port), deadline)
        allowed = networks(settings.WEBHOOK_NETWORKS)
        if not found:
            raise Refused(_("The name has no address."))
        if not all(is_allowed(each, allowed) for each in found):
            raise Refused(
                _(
                    "The name leads into a network that this hub does not send to. Its operator can allow it."
                )
            )
        return found[0]

    def _exchange(
        self,
        parts: SplitResult,
        address: str,
        deadline: float,
        sent: tuple[bytes, Mapping[str, str]],
    ) -> tuple[int, str, str]:
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        raw = socket.create_connection((address, port), timeout=_left(deadline))
        try:
            if parts.scheme == "https":
                context = self.tls or ssl.create_default_context()
                raw = context.wrap_socket(raw, server_hostname=host)
            connection = http.client.HTTPConnection(host, port)
            connection.sock = _Timed(raw, deadline)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            body, headers = sent
            plain = {"Accept-Encoding": "identity", "Connection": "close"}
            connection.request("POST", target, body=body, headers={**headers, **plain})
            with connection.getresponse() as response:
                return response.status, _shown(response), _read(response)
        finally:
            raw.close()

    def _too_slow(self) -> str:
        return _("It took longer than %(seconds)d seconds.") % {"seconds": self.seconds}


class _Timed:
    """A socket all of whose reading and writing ends at one moment, however slowly the other side drips."""

    def __init__(self, raw: socket.socket, deadline: float) -> None:
        self.raw, self.deadline = raw, deadline

    def sendall(self, data: Any) -> None:
        self.raw.settimeout(_left(self.deadline))
        self.raw.sendall(data)

    def makefile(self, *_args: Any, **_named: Any) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self))

    def close(self) -> None:
        """Nothing: http.client closes before the answer is read; whoever opened the socket closes it."""


class _Reader(io.RawIOBase):
    def __init__(self, timed: _Timed) -> None:
        self.timed = timed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.timed.raw.settimeout(_left(self.timed.deadline))
        return self.timed.raw.recv_into(buffer)


def _checked(url: str) -> SplitResult:
    if (
        len(url) > MAX_URL
        or not url.isascii()
        or any(c.isspace() or not c.isprintable() for c in url)
    ):
        raise Refused(
            _("Write a whole address in ASCII without spaces, of at most 500 characters.")
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(_("This is no address.")) from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise Refused(_("The address begins with https:// or http:// and a name."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Refused(_("The address may hold no user name, no password and no “#”."))
    if (port or PORTS[parts.scheme]) not in settings.WEBHOOK_PORTS:
        listed = ", ".join(str(each) for each in settings.WEBHOOK_PORTS)
        raise Refused(_("This hub sends to these ports only: {ports}.").format(ports=listed))
    return parts


def _within(work: Callable[[], Sequence[str]], deadline: float) -> Sequence[str]:
    """What ``work`` answers before the deadline: the system's resolver knows no limit of its own."""
    done: queue.Queue[Sequence[str] | BaseException] = queue.Queue()

    def run() -> None:
        try:
            done.put(work())
        except OSError as error:
            done.put(error)

    threading.Thread(target=run, name="resolve", daemon=True).start()
    try:
        found = done.get(timeout=_left(deadline))
    except queue.Empty as error:
        raise TimeoutError from error
    if isinstance(found, BaseException):
        raise Refused(_("The name is not known.")) from found
    return found


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(response: http.client.HTTPResponse) -> str:
    kept, size = b"", 0
    while piece := response.read(65_536):
        size += len(piece)
        if size > MAX_ANSWER:
            raise Refused(_("It answered with more than 1 MiB."))
        kept += piece[: max(0, KEPT_BODY - len(kept))]
    return kept.decode(errors="replace").replace("\0", "")


def _shown(response: http.client.HTTPResponse) -> str:
    lines = [
        f"{name}: {value}"
        for name, value in response.getheaders()
        if name.lower() not in HIDDEN_HEADERS
    ]
    return "\n".join(lines).replace("\0", "")[:KEPT_HEADERS]


def _no_connection(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return _("Nobody listens there.")
    if isinstance(error, http.client.HTTPException | ValueError):
        return _("It did not answer as HTTP.")
    return _("The connection broke.")
