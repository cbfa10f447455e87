"""Lets the database be emptied after a test with transactions of its own, although the audit record refuses it.

The triggers have no exception for tests (hub/docs/adr/0003-audit-triggers.md). So the test database sets them aside
before pytest-django empties the tables, which it does while it tears the test down, and puts them back afterwards.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from pytest_django.fixtures import validate_django_db
from pytest_django.plugin import blocking_manager_key

EMPTYING_FIXTURES = {
    "transactional_db",
    "live_server",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Around the end of every test that empties the database; the last one of all takes the database with it."""
    if not _empties_the_database(item) or not _is_test_database():
        return (yield)
    blocker = item.config.stash[blocking_manager_key]
    with blocker.unblock():
        there, back = _statements()
        _execute(there)
    try:
        return (yield)
    finally:
        if nextitem is not None:
            with blocker.unblock():
                _execute(back)


@contextmanager
def open_record() -> Iterator[None]:
    """Inside, the record can be changed like any other table: for tests that play somebody with the database."""
    connection.check_constraints()  # PostgreSQL changes no table for which checks of foreign keys are due
    there, back = _statements()
    _execute(there)
    yield
    connection.check_constraints()
    _execute(back)


def _empties_the_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_transactional = marker is not None and any(validate_django_db(marker)[:2])
    return is_transactional or bool(EMPTYING_FIXTURES & set(getattr(item, "fixturenames", ())))


def _is_test_database() -> bool:
    name = str(connection.settings_dict["NAME"])
    return name.startswith(("test_", "file:memorydb")) or "mode=memory" in name


def _statements() -> tuple[list[str], list[str]]:
    """What sets the triggers aside, and what puts exactly those back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 7) = 'record_'"
            )
            found = cursor.fetchall()
            return [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND starts_with(tgname, 'record_')"
        )
        found = cursor.fetchall()
    return (
        [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in found],
        [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in found],
    )


def _execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
