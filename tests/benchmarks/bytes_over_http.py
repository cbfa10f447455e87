"""A client that costs little, so that what is measured is the hub: no copies beyond one buffer, no parsing of bodies."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from contextlib import closing
from urllib.parse import urlsplit

from tests.journeys.publisher import OFFSET_TYPE

PIECE = 2**20


def connect(url: str) -> http.client.HTTPConnection:
    """A connection to the host of ``url``."""
    return http.client.HTTPConnection(str(urlsplit(url).netloc), timeout=600)


def fetch(
    url: str, headers: Mapping[str, str], *, status: int = 200, until: int | None = None
) -> Iterator[memoryview]:
    """The bytes of an answer, a buffer at a time; the connection is cut after ``until`` bytes or more."""
    buffer, arrived = memoryview(bytearray(PIECE)), 0
    with closing(connect(url)) as connection:
        connection.request("GET", urlsplit(url).path, headers=dict(headers))
        answer = connection.getresponse()
        assert answer.status == status, (answer.status, url)
        while (until is None or arrived < until) and (count := answer.readinto(buffer)):
            arrived += count
            yield buffer[:count]


def head(url: str) -> http.client.HTTPMessage | None:
    """The headers of the file at ``url``, or nothing while it is held back."""
    with closing(connect(url)) as connection:
        connection.request("HEAD", urlsplit(url).path)
        answer = connection.getresponse()
        return answer.headers if answer.status == 200 else None


def send_block(
    connection: http.client.HTTPConnection, file: str, block: bytes, offset: int, token: str
) -> http.client.HTTPMessage:
    """Append one block by tus; answers the headers."""
    headers = {
        "Authorization": token,
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": str(offset),
        "Content-Type": OFFSET_TYPE,
    }
    connection.request("PATCH", urlsplit(file).path, body=block, headers=headers)
    answer = connection.getresponse()
    said = answer.read()
    assert answer.status == 204, said
    return answer.headers
