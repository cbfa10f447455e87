"""Sub-queries that every page asks: compiled by Django once, then only filled in.

Building and compiling the same few sub-queries again for every list takes longer than finding the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

PERSON = -(2**31)  # stands where the id of a person is to be filled in, and this day where today is
TODAY = date.max


@dataclass(frozen=True, slots=True)
class Prepared:
    """The SQL of a query for one column with its parameters, those to be filled in among them."""

    sql: str
    params: tuple[Any, ...]

    def filled(self, *, person: int, today: date) -> Prepared:
        """The query for one person on one day."""
        places = {str(PERSON): person, str(TODAY): today.isoformat()}
        return Prepared(self.sql, tuple(places.get(str(each), each) for each in self.params))


def prepare(rows: QuerySet[Any]) -> Prepared:
    """Compile a query in which ``PERSON`` and ``TODAY`` stand for what is to be filled in."""
    sql, params = rows.query.sql_with_params()
    return Prepared(sql, tuple(params))
