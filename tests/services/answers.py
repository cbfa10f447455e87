"""Letting an answer of the test client go before all of it was read.

``HttpResponse.close`` tells Django that the request is over, and Django then closes the database connection, in the
middle of the transaction that a test is. The client keeps Django from it for answers that it reads itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.core.signals import (  # noqa: TID251 - the one that closes connections, and only in tests
    request_finished,
)
from django.db import close_old_connections
from django.http.response import HttpResponseBase

A = TypeVar("A", bound=HttpResponseBase)


def let_go(answer: HttpResponseBase) -> None:
    """Close ``answer`` and what it reads from, but not the test's database connection."""
    was_connected = request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        if was_connected:
            request_finished.connect(close_old_connections)


@contextmanager
def letting_go(answer: A) -> Iterator[A]:
    """``with letting_go(client.get(address)) as answer:`` closes it in the end."""
    try:
        yield answer
    finally:
        let_go(answer)
