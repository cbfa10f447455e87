"""The address of a search and back: filters, chips, facets, orders. No queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.ui.parts import Chip, Facet, Option
from hub.ui.vocabulary import APPROVALS
from models_catalog.search.queries import (
    DOWNLOADS,
    FACETS,
    MAX_TEXT,
    NAME,
    RELEVANCE,
    SIZE,
    UPDATED,
    UPKEEP,
    ModelQuery,
    Results,
)
from models_catalog.search.rows import ARCHIVED, DEPRECATED, MAX_VALUE, SIZES
from models_catalog.taxonomy.queries import language_name, library_name, licence_label, task_title

Text = str | Promise
Pair = tuple[str, str]

MOST_CHOSEN = 20
SHOWN = 6
FOLDED = ("format", "library", "org", UPKEEP)

TITLES: Mapping[str, Text] = {
    "text": _("Search"),
    "task": _("Task"),
    "language": _("Language"),
    "licence": _("Licence"),
    "size": _("Size"),
    "approval": _("Review"),
    "format": _("File format"),
    "library": _("Library"),
    "org": _("Published by"),
    UPKEEP: _("No longer kept up"),
}
SIZE_TITLES: Mapping[str, Text] = {
    "under-100-mb": _("Under 100 MB"),
    "100-mb-to-1-gb": _("100 MB to 1 GB"),
    "1-to-4-gb": _("1 to 4 GB"),
    "over-4-gb": _("Over 4 GB"),
}
UPKEEP_TITLES: Mapping[str, Text] = {ARCHIVED: _("Archived"), DEPRECATED: _("Deprecated")}
SORTS: Mapping[str, Text] = {
    UPDATED: _("Recently updated"),
    DOWNLOADS: _("Most downloaded"),
    SIZE: _("Smallest first"),
    NAME: _("By name"),
}
_LABELS: Mapping[str, Callable[[str], Text]] = {
    "task": task_title,
    "language": language_name,
    "licence": licence_label,
    "library": library_name,
    "size": lambda value: SIZE_TITLES.get(value, value),
    "approval": lambda value: APPROVALS[value].text if value in APPROVALS else value,
    UPKEEP: lambda value: UPKEEP_TITLES.get(value, value),
}
_ALWAYS: Mapping[str, Sequence[str]] = {
    "size": [name for name, _limit in SIZES],
    "approval": [*APPROVALS],
}


def task_url(task: str) -> str:
    """The page of a task; the filtered list for what no path can hold."""
    if "/" in task:
        return f"{reverse('catalog:model-list')}?{urlencode({'task': task})}"
    return reverse("catalog:task", args=[task])


def label_of(facet: str, value: str) -> Text:
    """What people call a value of a facet; unknown values as they are."""
    return _LABELS.get(facet, str)(value)


@dataclass(frozen=True, slots=True)
class Address:
    """A search as its address says it; everything that narrows or orders the list is in the address."""

    query: ModelQuery
    sort: str = ""
    view: str = ""
    more: str = ""

    @property
    def pairs(self) -> list[Pair]:
        """What narrows the list, as fields of a form."""
        words = [("q", self.query.text)] if self.query.text else []
        return words + [
            (facet, value) for facet in FACETS for value in self.query.chosen.get(facet, ())
        ]

    @property
    def manner(self) -> list[Pair]:
        """How the list is shown."""
        return [
            (name, value) for name, value in (("sort", self.sort), ("view", self.view)) if value
        ]

    def url(self, pairs: Sequence[Pair] | None = None, **manner: str) -> str:
        """The address with other filters, or shown in another manner."""
        shown = dict(self.manner) | manner
        kept = [*(self.pairs if pairs is None else pairs), *((k, v) for k, v in shown.items() if v)]
        return f"/models?{urlencode(kept)}" if kept else "/models"

    def without(self, facet: str) -> str:
        """The address without one facet, or without the words."""
        name = "q" if facet == "text" else facet
        return self.url([pair for pair in self.pairs if pair[0] != name])


def read_address(parameters: QueryDict) -> Address:
    """The search that an address asks for; what it cannot mean is left out."""
    given = {facet: parameters.getlist(facet) for facet in FACETS}
    given["licence"] = given["licence"] + parameters.getlist("license")  # as other hubs spell it
    chosen = {facet: _values(values) for facet, values in given.items()}
    sort = parameters.get("sort", "")
    query = ModelQuery(
        text=" ".join(parameters.get("q", "").replace("\0", " ").split())[:MAX_TEXT],
        chosen={facet: values for facet, values in chosen.items() if values},
        order=sort,
        cursor=parameters.get("cursor") or None,
    )
    more = parameters.get("more", "")
    return Address(
        query=query,
        sort=sort if sort in (*SORTS, RELEVANCE) else "",
        view="table" if parameters.get("view") == "table" else "",
        more=more if more in FACETS else "",
    )


def _values(given: Sequence[str]) -> tuple[str, ...]:
    right = (value for value in given if value and len(value) <= MAX_VALUE and "\0" not in value)
    return tuple(dict.fromkeys(right))[:MOST_CHOSEN]


def chips_of(address: Address) -> list[Chip]:
    """A link per filter that takes it away."""
    chips = []
    for name, value in address.pairs:
        rest = [pair for pair in address.pairs if pair != (name, value)]
        facet = "text" if name == "q" else name
        label = value if name == "q" else label_of(facet, value)
        chips.append(Chip(TITLES[facet], label, address.url(rest)))
    return chips


def facets_of(address: Address, results: Results) -> list[Facet]:
    """The groups of the filter form; a group that nothing has a value of, and without a choice, is left out."""
    groups = (_facet(address, facet, dict(results.counts[facet])) for facet in FACETS)
    return [group for group in groups if group.options]


def _facet(address: Address, facet: str, counts: dict[str, int]) -> Facet:
    chosen = address.query.chosen.get(facet, ())
    values = list(_ALWAYS.get(facet, counts)) if counts or chosen else []
    shown = values if address.more == facet or len(values) <= SHOWN + 1 else values[:SHOWN]
    shown = [*shown, *(value for value in chosen if value not in shown)]
    options = [
        Option(value, label_of(facet, value), counts.get(value, 0), is_selected=value in chosen)
        for value in shown
    ]
    is_cut = len(values) > len(shown)
    return Facet(
        name=facet,
        title=TITLES[facet],
        options=options,
        is_folded=facet in FOLDED,
        more_url=address.url(more=facet) + "#filters" if is_cut else "",
        total=len(values),
    )


def sorts_of(address: Address) -> list[tuple[str, Text, bool]]:
    """(value, title, is in use) of each order; by match only where there are words."""
    offered = ({RELEVANCE: _("Best match")} if address.query.terms else {}) | dict(SORTS)
    return [(value, title, value == address.query.sorting) for value, title in offered.items()]
