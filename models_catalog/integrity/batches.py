"""Walking through tables of any length in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
T = TypeVar("T")
V = TypeVar("V")

BATCH = 500


def by_id(rows: QuerySet[M], *, size: int = BATCH) -> Iterator[M]:
    """The rows in the order of their ids, fetched ``size`` at a time.

    Each page is a query of its own: no cursor and no snapshot stays open while the rows are looked at for hours.
    """
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield from page
        last = page[-1].pk


def batched(things: Iterable[T], *, size: int = BATCH) -> Iterator[list[T]]:
    """The things, ``size`` at a time."""
    left = iter(things)
    while some := list(islice(left, size)):
        yield some


class Remembered(Generic[V]):
    """A dictionary that forgets everything when it would hold more than ``limit``, by the weights of its values."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._weight = 0
        self._values: dict[str, V] = {}

    def get(self, key: str) -> V | None:
        """The value, or ``None`` when it is unknown or forgotten."""
        return self._values.get(key)

    def put(self, key: str, value: V, *, weight: int = 1) -> None:
        """Remember a value for now."""
        if self._weight + weight > self._limit:
            self._values.clear()
            self._weight = 0
        self._values[key] = value
        self._weight += weight
