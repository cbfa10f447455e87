"""Full text on SQLite: an FTS5 table whose content is the row itself (``content=``), so no text is stored twice.

FTS5 must be told the old words when a row changes; whoever writes rows does so through ``forget`` and ``index``.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from models_catalog.search.models import SearchRow
from models_catalog.search.words import Term

_COLUMNS = "name_words, summary_words, card_words"
_FORGET = (
    f"INSERT INTO models_catalog_searchtext (models_catalog_searchtext, rowid, {_COLUMNS}) "  # noqa: S608 - our own names
    "VALUES ('delete', %s, %s, %s, %s)"
)
_INDEX = f"INSERT INTO models_catalog_searchtext (rowid, {_COLUMNS}) VALUES (%s, %s, %s, %s)"  # noqa: S608
_MATCH = "SELECT rowid FROM models_catalog_searchtext WHERE models_catalog_searchtext MATCH %s"


class SqliteText:
    """See ``FullText``."""

    def forget(self, row: SearchRow) -> None:
        """Take the words that the row was indexed with out again."""
        self._write(_FORGET, row)

    def index(self, row: SearchRow) -> None:
        """Add the row's words."""
        self._write(_INDEX, row)

    def matching(self, terms: Sequence[Term], *, names_only: bool) -> RawSQL:
        """Ids of rows that have every term."""
        question = " AND ".join(f"({_term(term)})" for term in terms)
        if names_only:
            question = f"name_words : ({question})"
        return RawSQL(_MATCH, [question], output_field=BigIntegerField())  # noqa: S611 - parameters are bound

    def _write(self, statement: str, row: SearchRow) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [row.pk, row.name_words, row.summary_words, row.card_words])


def _term(term: Term) -> str:
    """``"llama8b"* OR ("llama" AND "8" AND "b"*)``; words hold letters, digits and marks only, so no quotes."""
    star = "*" if term.is_prefix else ""
    whole = f'"{term.whole}"{star}'
    if len(term.pieces) < 2:
        return whole
    *first, end = term.pieces
    pieces = " AND ".join([*(f'"{piece}"' for piece in first), f'"{end}"{star}'])
    return f"{whole} OR ({pieces})"
