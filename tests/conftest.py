"""For every test: limits that nothing was counted against, and functions in threads with connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from hub.core.errors import DomainError

WAITING = """SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (
    SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE datname = current_database())"""
AtOnce = Callable[[Callable[[], Any]], "Future[Any]"]


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Attempts are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def at_once() -> Iterator[AtOnce]:
    """Run a function in a thread with a connection of its own."""

    def run(work: Callable[[], Any]) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        yield lambda work: pool.submit(run, work)


@pytest.fixture
def until_somebody_waits() -> Callable[[], None]:
    """A function that returns when another connection waits for a lock."""

    def wait() -> None:
        with connection.cursor() as cursor:
            for _ in range(20_000):
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    return
        raise AssertionError("nobody waits")

    return wait


@pytest.fixture
def outcomes(at_once: AtOnce) -> Callable[..., list[Any]]:
    """A function that begins some works together and answers what each gave, or was refused with."""

    def begin(*works: Callable[[], Any]) -> list[Any]:
        start = threading.Barrier(len(works))

        def run(work: Callable[[], Any]) -> Any:
            start.wait()
            try:
                return work()
            except DomainError as refused:
                return refused

        return [each.result() for each in [at_once(partial(run, work)) for work in works]]

    return begin
