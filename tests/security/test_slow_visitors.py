"""Visitors who are slow on purpose, against the web server of an embedded hub as it stands alone."""

from __future__ import annotations

import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from hub.launch import client_socket
from hub.launch.client_socket import ClientSocket
from hub.launch.web_worker import HEAD_WITHIN
from tests.services.web import web_server

CROWD = 50
SOON = 0.5 * HEAD_WITHIN  # seconds: who waited for one of them would wait longer than that
HALF_A_REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Wai"
FORM = (
    b"POST /preferences HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nth"
)


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with web_server(tmp_path_factory.mktemp("web")) as server:
        yield server.port
    assert "Traceback" not in server.log, server.log
    assert "evil.example" not in server.log


def connect(port, source="127.0.0.1"):
    return socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(source, 0))


def answer(port, request, *, source="127.0.0.1"):
    """Everything that comes back until the server hangs up."""
    with connect(port, source) as line:
        line.sendall(request)
        return everything(line)


def everything(line):
    return b"".join(iter(lambda: line.recv(65536), b""))


def seconds_for_a_page(port, *, source="127.0.0.1"):
    began = time.monotonic()
    asked = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert answer(port, asked, source=source).startswith(b"HTTP/1.1 200")
    return time.monotonic() - began


def test_half_requests_delay_nobody_and_are_ended(port):
    with ExitStack() as crowd:
        lines = [crowd.enter_context(connect(port)) for _ in range(CROWD)]
        for line in lines:
            line.sendall(HALF_A_REQUEST)
        began = time.monotonic()

        assert seconds_for_a_page(port) < SOON

        last = [everything(line) for line in lines]
        assert time.monotonic() - began < HEAD_WITHIN + 3
    assert {text[:12] for text in last} == {b"HTTP/1.1 408"}
    assert b"took too long to arrive" in last[0]


def test_visitors_who_never_hang_up_delay_nobody(port):
    with ExitStack() as crowd:
        for _ in range(CROWD):
            line = crowd.enter_context(connect(port))
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

        assert seconds_for_a_page(port) < SOON


def test_slow_forms_of_one_address_leave_threads_for_the_others(port):
    with ExitStack() as crowd:
        for _ in range(CROWD):
            crowd.enter_context(connect(port)).sendall(FORM)

        assert seconds_for_a_page(port, source="127.0.0.2") < SOON


def test_whoever_stands_in_line_is_served_when_the_others_are_done(port):
    with ExitStack() as crowd:
        lines = [crowd.enter_context(connect(port)) for _ in range(CROWD)]
        for line in lines:
            line.sendall(FORM)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(seconds_for_a_page, port)
            for line in lines:
                line.close()
            assert waiting.result(timeout=20) < 20


def test_an_address_has_no_more_connections_than_its_share(port):
    with ExitStack() as crowd:
        lines = [crowd.enter_context(connect(port, "127.0.0.3")) for _ in range(300)]

        assert seconds_for_a_page(port) < SOON
        lines[-1].settimeout(5)
        assert lines[-1].recv(1) == b""


def test_requests_in_one_piece_and_in_many_are_answered(port):
    one = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    with connect(port) as line:
        line.sendall(b"\r\n" + one + one + last[:30])
        for byte in last[30:]:
            line.sendall(bytes([byte]))
        text = everything(line)

    assert text.count(b"HTTP/1.1 200 OK") == 3


def test_a_connection_is_kept_for_the_next_page(port):
    with connect(port) as line:
        for _ in range(3):
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            text = b""
            while not text.endswith(b"}"):
                text += line.recv(65536)
            assert text.startswith(b"HTTP/1.1 200")


NO_REQUESTS = {
    "an address of 9 kB": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    "a header of 9 kB": (
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 9000 + b"\r\n\r\n",
        431,
    ),
    "100 headers": (b"GET / HTTP/1.1\r\n" + b"X-A: 1\r\n" * 100 + b"\r\n", 431),
    "a head without an end": (b"GET / HTTP/1.1\r\n" + b"X-A: 1\r\n" * 9000, 431),
    "no method": (b"\x00\x01\x02 / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "no version": (b"GET /\r\nHost: localhost\r\n\r\n", 400),
    "HTTP/9": (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    "a space before the colon": (b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400),
    "a folded header": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n", 400),
    "two lengths": (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        400,
    ),
    "a length and chunks": (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "a length below nothing": (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        400,
    ),
    "chunks of an unknown coding": (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n",
        400,
    ),
    "an expectation": (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nExpect: tea\r\nContent-Length: 1\r\n\r\na",
        417,
    ),
}


@pytest.mark.parametrize("name", NO_REQUESTS)
def test_what_is_no_request_is_answered_in_our_look(port, name):
    sent, status = NO_REQUESTS[name]

    text = answer(port, sent)

    head, _, body = text.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"<h1>" in body
    assert f"Content-Length: {len(body)}".encode() in head
    assert b"aaaa" not in body


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /preferences HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ntheme\r\n0\r\n\r\n",
        b"POST /preferences HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nnothing\r\n",
    ],
    ids=["chunks", "damaged chunks"],
)
def test_a_body_of_unknown_length_is_not_taken(port, sent):
    assert answer(port, sent.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)).startswith(
        b"HTTP/1.1 411"
    )


def test_an_absolute_address_of_another_host_is_refused(port):
    asked = b"GET http://evil.example/healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"

    assert answer(port, asked).startswith(b"HTTP/1.1 400")


def test_a_body_that_comes_too_slowly_ends(monkeypatch):
    monkeypatch.setattr(client_socket, "FREE", 0.05)
    monkeypatch.setattr(client_socket, "SLOWEST", 10**9)
    ours, theirs = socket.socketpair()
    with ClientSocket(fileno=ours.detach()) as line, theirs, ThreadPoolExecutor(1) as pool:
        line.setblocking(True)
        received = pool.submit(line.recv, 10)
        time.sleep(0.1)
        theirs.sendall(b"x")

        with pytest.raises(ConnectionResetError, match="too slow"):
            received.result(timeout=5)


@pytest.mark.parametrize("act", ["recv", "sendall", "sendfile"])
def test_a_connection_on_which_nothing_moves_ends(monkeypatch, tmp_path, act):
    monkeypatch.setattr(client_socket, "STALLED", 0.05)
    large = tmp_path / "large"
    large.write_bytes(bytes(2**22))
    ours, theirs = socket.socketpair()
    with ClientSocket(fileno=ours.detach()) as line, theirs, large.open("rb") as file:
        line.setblocking(True)
        argument = {"recv": 10, "sendall": bytes(2**22), "sendfile": file}[act]

        with pytest.raises(ConnectionResetError, match="too slow"):
            getattr(line, act)(argument)


def test_a_reader_who_takes_everything_slowly_gets_everything(monkeypatch):
    monkeypatch.setattr(client_socket, "STALLED", 1.0)
    ours, theirs = socket.socketpair()
    whole = os.urandom(2**20)
    with ClientSocket(fileno=ours.detach()) as line, theirs, ThreadPoolExecutor(1) as pool:
        line.setblocking(True)
        sent = pool.submit(line.sendall, whole)
        arrived = b"".join(theirs.recv(2**16, socket.MSG_WAITALL) for _ in range(16))
        sent.result(timeout=5)

    assert arrived == whole
