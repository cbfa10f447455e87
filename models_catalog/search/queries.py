"""Finding models: words, filters, orders, counts. Who may see what is asked inside every query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, QuerySet, Value, When

from accounts.namespaces.names import fold
from hub.core.actor import Actor
from hub.core.pagination import Page, page_of
from models_catalog.repos.models import Repo
from models_catalog.search.fulltext import full_text
from models_catalog.search.models import SearchFacet, SearchRow
from models_catalog.search.words import Term, terms_of

UPKEEP = "upkeep"  # archived and deprecated models: left out of lists unless they are asked for
FACETS = ("task", "language", "licence", "size", "approval", "format", "library", "org", UPKEEP)
RELEVANCE, UPDATED, DOWNLOADS, SIZE, NAME = "relevance", "updated", "downloads", "size", "name"
ORDERS: Mapping[str, tuple[str, ...]] = {
    RELEVANCE: ("level", "-downloads", "-repo_id"),
    UPDATED: ("-updated_at", "-repo_id"),
    DOWNLOADS: ("-downloads", "-repo_id"),
    SIZE: ("total_size", "repo_id"),
    NAME: ("folded_name", "repo_id"),
}
MOST_COUNTED = 10_001
MAX_TEXT = 200


@dataclass(frozen=True, slots=True)
class ModelQuery:
    """What somebody looks for. ``chosen`` maps facets to values: any value within a facet, all of the facets."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    cursor: str | None = None
    size: int = 30

    @property
    def terms(self) -> list[Term]:
        """The words of the text; none when it holds no letter and no digit."""
        return terms_of(self.text[:MAX_TEXT])

    @property
    def sorting(self) -> str:
        """The order in use: by relevance only where there are words to be relevant to."""
        known = self.order if self.order in ORDERS else ""
        if self.terms:
            return known or RELEVANCE
        return known if known not in ("", RELEVANCE) else UPDATED

    def without(self, facet: str) -> ModelQuery:
        """The same question without one facet, or without its words when ``facet`` is ``text``."""
        if facet == "text":
            return replace(self, text="", cursor=None)
        rest = {name: values for name, values in self.chosen.items() if name != facet}
        return replace(self, chosen=rest, cursor=None)

    @property
    def active(self) -> list[str]:
        """What narrows the list: facets with a choice, and ``text``."""
        return [
            *(name for name in FACETS if self.chosen.get(name)),
            *(["text"] if self.terms else []),
        ]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of models, and what could narrow the list further.

    ``total`` stops at ``MOST_COUNTED``; ``counts`` has, per facet, (value, models) pairs under all other filters, most
    frequent first.
    """

    query: ModelQuery
    page: Page[SearchRow]
    total: int
    counts: Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Which filter to drop from a question without answers, how many models match then, and the first of them."""

    dropped: str
    total: int
    rows: Sequence[SearchRow]


def find_models(query: ModelQuery, *, actor: Actor) -> Results:
    """One page of models with the counts of every facet: a number of queries that depends on the facets in use only.

    Raises ``Invalid`` for a damaged cursor.
    """
    rows = _matching(query, actor=actor)
    page = page_of(
        _ranked(rows, query), keys=ORDERS[query.sorting], cursor=query.cursor, size=query.size
    )
    is_whole = query.cursor is None and page.next_cursor is None
    total = len(page.rows) if is_whole else count_models(query, actor=actor)
    return Results(query=query, page=page, total=total, counts=_counts(query, actor=actor))


def page_of_models(query: ModelQuery, *, actor: Actor) -> Page[SearchRow]:
    """Only the page. Raises ``Invalid`` for a damaged cursor."""
    ranked = _ranked(_matching(query, actor=actor), query)
    return page_of(ranked, keys=ORDERS[query.sorting], cursor=query.cursor, size=query.size)


def count_models(query: ModelQuery, *, actor: Actor) -> int:
    """How many models match, counted up to ``MOST_COUNTED``."""
    return _matching(query, actor=actor)[:MOST_COUNTED].count()


def relax(query: ModelQuery, *, actor: Actor) -> Relaxation | None:
    """The filter that rules out the most; ``None`` when dropping any single one does not help."""
    totals = {name: count_models(query.without(name), actor=actor) for name in query.active}
    best = max(totals, key=lambda name: totals[name], default="")
    if not best or not totals[best]:
        return None
    wider = query.without(best)
    ranked = _ranked(_matching(wider, actor=actor), wider).order_by(*ORDERS[wider.sorting])
    return Relaxation(dropped=best, total=totals[best], rows=list(ranked[:3]))


def visible_rows(*, actor: Actor) -> QuerySet[SearchRow]:
    """The rows of repos that the actor may know of.

    Asked row by row and not by a list of repos: so SQLite too walks along the index of the order and stops after a page.
    """
    mine = Repo.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    return SearchRow.objects.filter(Exists(mine))


def listed_rows(*, actor: Actor) -> QuerySet[SearchRow]:
    """The rows that are shown to somebody who asked for nothing in particular: neither archived nor deprecated."""
    mine = Repo.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    return SearchRow.objects.filter(Exists(mine.filter(archived_at=None, deprecated_at=None)))


def _matching(query: ModelQuery, *, actor: Actor, but: str = "") -> QuerySet[SearchRow]:
    """The rows that fit the words and every facet (but one).

    Who names an owner, searches, or asks for what is archived finds that too, and it is always counted.
    """
    asks = query.text.strip() or query.chosen.get("org") or query.chosen.get(UPKEEP)
    is_named = bool(asks) or but == UPKEEP
    rows = visible_rows(actor=actor) if is_named else listed_rows(actor=actor)
    for facet, values in query.chosen.items():
        if facet != but and facet in FACETS and values:
            asked = [value for value in values if "\0" not in value]  # PostgreSQL has no such text
            has = SearchFacet.objects.filter(row=OuterRef("pk"), facet=facet, value__in=asked)
            rows = rows.filter(Exists(has))
    if query.terms:
        rows = rows.filter(repo_id__in=full_text().matching(query.terms, names_only=False))
    elif query.text.strip():
        rows = rows.none()  # nothing but punctuation: no name holds any
    return rows


def _ranked(rows: QuerySet[SearchRow], query: ModelQuery) -> QuerySet[SearchRow]:
    """The rows with their repos, and for relevance with ``level``: the whole name, the short name, in the name, elsewhere."""
    rows = rows.select_related("repo__namespace")
    if query.sorting != RELEVANCE:
        return rows
    owner, _, name = query.text.replace("\0", "").strip().rpartition("/")
    levels = [When(repo_id__in=full_text().matching(query.terms, names_only=True), then=Value(2))]
    if owner:
        levels.insert(0, When(folded_name=f"{fold(owner)}/{fold(name)}", then=Value(0)))
    else:
        levels.insert(0, When(repo__accession=name.upper(), then=Value(0)))
        levels.insert(1, When(repo__folded=fold(name), then=Value(1)))
    return rows.annotate(level=Case(*levels, default=Value(3), output_field=IntegerField()))


def _counts(query: ModelQuery, *, actor: Actor) -> dict[str, list[tuple[str, int]]]:
    """Facets without a choice share one query; each with a choice needs its own, for it counts without itself.

    So does what is left out of lists: it counts what would be found.
    """
    open_facets = [facet for facet in FACETS if facet != UPKEEP and not query.chosen.get(facet)]
    counts = count_values(open_facets, _matching(query, actor=actor))
    for facet in FACETS:
        if facet not in open_facets:
            counts |= count_values([facet], _matching(query, actor=actor, but=facet))
    return counts


def count_values(
    facets: Sequence[str], rows: QuerySet[SearchRow]
) -> dict[str, list[tuple[str, int]]]:
    """How many of the rows have each value of some facets, most frequent first."""
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    found = (
        SearchFacet.objects.filter(facet__in=facets, row__in=rows.values("pk"))
        .values_list("facet", "value")
        .annotate(number=Count("pk"))
        .order_by("-number", "value")
    )
    for facet, value, number in found:
        groups[facet].append((value, number))
    return {facet: groups[facet] for facet in facets}
