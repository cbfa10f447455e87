"""Full text over search rows: one interface, a twin per database, chosen by what the hub runs on.

A row's words stand in three columns of ``SearchRow``: name, summary, card. The index over them is made in the
migrations and written here, in the transaction that writes the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection
from django.db.models.expressions import RawSQL

from models_catalog.search.fulltext import postgres, sqlite
from models_catalog.search.models import SearchRow
from models_catalog.search.words import Term


class FullText(Protocol):
    """What a database's full text can do."""

    def forget(self, row: SearchRow) -> None:
        """Take a row out of the index; ``row`` holds the words that it was indexed with."""

    def index(self, row: SearchRow) -> None:
        """Put a row, as it stands in the table, into the index."""

    def matching(self, terms: Sequence[Term], *, names_only: bool) -> RawSQL:
        """A sub-query: ids of the rows that have every term, anywhere or in their name."""


def full_text() -> FullText:
    """The twin for the database in use."""
    return postgres.PostgresText() if connection.vendor == "postgresql" else sqlite.SqliteText()
