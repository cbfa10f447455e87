"""Rows by thousands of keys: what ``__in`` does for a few, without a value in the statement for each of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TypeVar

from django.db import connection
from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL

Row = TypeVar("Row", bound=Model)


def with_ids(rows: QuerySet[Row], column: str, ids: Iterable[int]) -> QuerySet[Row]:
    """Those of the rows whose ``column``, a column of their own table, holds one of the ids."""
    wanted = sorted(set(ids))
    if not wanted:
        return rows.none()
    if connection.vendor == "postgresql":
        return _where(rows, [column], "SELECT unnest(%s::bigint[])", [wanted])
    return _where(rows, [column], "SELECT value FROM json_each(%s)", [json.dumps(wanted)])


def with_pairs(
    rows: QuerySet[Row], columns: tuple[str, str], pairs: Collection[tuple[int, str]]
) -> QuerySet[Row]:
    """Those of the rows whose two columns hold one of the pairs.

    Two separate lists would have PostgreSQL try each of the first with each of the second.
    """
    wanted = sorted(set(pairs))
    if not wanted:
        return rows.none()
    if connection.vendor == "postgresql":
        given = [[number for number, _ in wanted], [text for _, text in wanted]]
        return _where(rows, columns, "SELECT * FROM unnest(%s::bigint[], %s::text[])", given)
    each = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(%s)"
    return _where(rows, columns, each, [json.dumps(wanted)])


def _where(
    rows: QuerySet[Row], columns: Iterable[str], wanted: str, given: list[object]
) -> QuerySet[Row]:
    table = rows.query.get_initial_alias()
    named = ", ".join(f'"{table}"."{column}"' for column in columns)
    condition = RawSQL(  # noqa: S611 - names come from the code, and every value is a parameter
        f"({named}) IN ({wanted})", given, output_field=BooleanField()
    )
    return rows.filter(condition)
