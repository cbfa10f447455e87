"""What is measured inside a process of the hub (``manage.py shell``): statements, and how long a write holds others up."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client

from models_catalog.uploads.actions.commit import commit_upload
from models_catalog.uploads.models import Upload
from tests.factories.people import acting

BACKENDS = "django.db.backends"


class Statements(logging.Handler):
    """Counts statements and times transactions, by what Django says when it debugs a connection."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.transactions: list[tuple[float, int]] = []  # milliseconds, statements
        self._began: tuple[float, int] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        sql = str(getattr(record, "sql", ""))
        if sql.startswith("BEGIN"):
            self._began = (record.created, self.count)
        elif sql.startswith(("COMMIT", "ROLLBACK")) and " " not in sql and self._began:
            began, before = self._began
            self.transactions.append(((record.created - began) * 1000, self.count - before))
            self._began = None
        else:
            self.count += 1


@contextmanager
def statements() -> Iterator[Statements]:
    """Count what the block does on this thread's connection."""
    counter, logger = Statements(), logging.getLogger(BACKENDS)
    level, was_heard = logger.level, logger.propagate
    logger.addHandler(counter)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    connection.force_debug_cursor = True
    try:
        yield counter
    finally:
        connection.force_debug_cursor = False
        logger.removeHandler(counter)
        logger.setLevel(level)
        logger.propagate = was_heard


def tell(work: Callable[[], object]) -> None:
    """Do ``work`` and print, as JSON, how long it took and what it asked of the database."""
    began = time.perf_counter()
    with statements() as counter:
        work()
    found: dict[str, Any] = {
        "ms": (time.perf_counter() - began) * 1000,
        "queries": counter.count,
        "transactions": counter.transactions,
    }
    print(json.dumps(found))


def commit(public_id: str) -> None:
    """Commit an upload whose files have arrived."""
    upload = Upload.objects.select_related("repo__namespace", "user").get(public_id=public_id)
    tell(lambda: commit_upload(upload, actor=acting(upload.user)))


def page(path: str) -> None:
    """Make a page as a stranger sees it, a second time."""
    client = Client()

    def look() -> None:
        assert client.get(path, headers={"host": "localhost"}).status_code == 200, path

    look()
    tell(look)
