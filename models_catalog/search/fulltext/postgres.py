"""Full text on PostgreSQL: a ``tsvector`` beside the row, with a GIN index over it.

Words are cut in Python (``search/words.py``), so vectors and questions are written out instead of being parsed by
PostgreSQL: the same words everywhere, whatever the locale of the server, and no extension to install.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from models_catalog.search.models import SearchRow
from models_catalog.search.words import Term

_INDEX = "UPDATE models_catalog_searchrow SET document = %s::tsvector WHERE repo_id = %s"
_MATCH = "SELECT repo_id FROM models_catalog_searchrow WHERE document @@ %s::tsquery"


class PostgresText:
    """See ``FullText``."""

    def forget(self, row: SearchRow) -> None:
        """Nothing to do: the vector stands in the row."""

    def index(self, row: SearchRow) -> None:
        """Write the row's vector: names weigh A, summaries B, cards C."""
        weights: dict[str, list[str]] = defaultdict(list)
        columns = (row.name_words, row.summary_words, row.card_words)
        for place, (weight, words) in enumerate(zip("ABC", columns, strict=True), start=1):
            for word in words.split():
                weights[word].append(f"{place}{weight}")
        document = " ".join(f"'{word}':{','.join(places)}" for word, places in weights.items())
        with connection.cursor() as cursor:
            cursor.execute(_INDEX, [document, row.pk])

    def matching(self, terms: Sequence[Term], *, names_only: bool) -> RawSQL:
        """Ids of rows that have every term."""
        weight = "A" if names_only else ""
        question = " & ".join(_term(term, weight) for term in terms)
        return RawSQL(_MATCH, [question], output_field=BigIntegerField())  # noqa: S611 - parameters are bound


def _term(term: Term, weight: str) -> str:
    """``('llama8b':*A | 'llama':A & '8':A & 'b':*A)``; words hold letters, digits and marks only, so no quotes."""
    last = f":*{weight}" if term.is_prefix else f":{weight}" if weight else ""
    plain = f":{weight}" if weight else ""
    whole = f"'{term.whole}'{last}"
    if len(term.pieces) < 2:
        return whole
    *first, end = term.pieces
    pieces = " & ".join([*(f"'{piece}'{plain}" for piece in first), f"'{end}'{last}"])
    return f"({whole} | {pieces})"
