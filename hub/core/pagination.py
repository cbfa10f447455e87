"""Keyset pages: previous and next by the last row seen, so that page 10,000 costs what page 1 costs."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from hub.core.errors import Invalid
from hub.core.text import is_storable

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page of rows with the cursors of its neighbours (``None`` where there is none)."""

    rows: Sequence[M]
    next_cursor: str | None
    previous_cursor: str | None

    def __bool__(self) -> bool:
        return bool(self.rows)


def page_of(
    rows: QuerySet[M], *, keys: Sequence[str], cursor: str | None = None, size: int = 30
) -> Page[M]:
    """Cut one page from ``rows``.

    ``keys`` are field names that together are unique and not null, each with ``-`` in front for descending, e.g.
    ``("-created_at", "-id")``. Raises ``Invalid`` for a cursor that this function did not make.
    """
    backwards, values = _decode(cursor, len(keys)) if cursor else (False, None)
    ordered = rows.order_by(*(_flip(key) if backwards else key for key in keys))
    if values is not None:
        try:
            ordered = ordered.filter(_beyond(keys, values, backwards=backwards))
        except (TypeError, ValueError, ValidationError) as error:  # no value of these columns
            raise _bad_cursor() from error
    try:
        found = list(ordered[: size + 1])
    except OverflowError as error:  # a moment that UTC has no year for
        if values is None:
            raise
        raise _bad_cursor() from error
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    has_next = bool(found) if backwards else more
    has_previous = more if backwards else cursor is not None and bool(found)
    return Page(
        rows=found,
        next_cursor=_encode(keys, found[-1], backwards=False) if has_next and found else None,
        previous_cursor=_encode(keys, found[0], backwards=True) if has_previous and found else None,
    )


def _flip(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _beyond(keys: Sequence[str], values: Sequence[Any], *, backwards: bool) -> Q:
    condition = Q()
    equal = Q()
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        descending = key.startswith("-") != backwards
        condition |= equal & Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
        equal &= Q(**{name: value})
    if len(keys) > 1:
        # said twice, so that an index is entered at the row: of an OR it only filters
        first = keys[0].lstrip("-")
        descending = keys[0].startswith("-") != backwards
        condition &= Q(**{f"{first}__{'lte' if descending else 'gte'}": values[0]})
    return condition


def _encode(keys: Sequence[str], row: Model, *, backwards: bool) -> str:
    values = []
    for key in keys:
        value: Any = row
        for part in key.lstrip("-").split("__"):
            value = getattr(value, part)
        values.append(value.isoformat() if hasattr(value, "isoformat") else value)
    packed = json.dumps([int(backwards), *values], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _decode(cursor: str, length: int) -> tuple[bool, list[Any]]:
    try:
        packed = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        backwards, *values = packed
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise _bad_cursor() from error
    if len(values) != length or not all(_can_be_value(v) for v in values):
        raise _bad_cursor()
    return bool(backwards), values


def _can_be_value(value: Any) -> bool:
    """Whether a database can compare with it: no infinity, nothing beyond 64 bits, no NUL, no half of a character."""
    if isinstance(value, int | float):
        return -(2**63) <= value < 2**63
    return isinstance(value, str) and is_storable(value) and not _is_in_another_zone(value)


def _is_in_another_zone(text: str) -> bool:
    """Whether it is a moment that this function's cursors never hold: theirs are UTC. PostgreSQL refuses the far ones."""
    try:
        return datetime.fromisoformat(text).utcoffset() not in (None, timedelta(0))
    except ValueError:
        return False


def _bad_cursor() -> Invalid:
    return Invalid("This page address is damaged. Start again from the first page of the list.")
