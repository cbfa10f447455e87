"""What a model was made from and what was made from it, as its cards say and as one visitor may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from hub.core.actor import Actor
from models_catalog.repos.models import Repo
from models_catalog.search.models import SearchFacet, SearchRow
from models_catalog.search.rows import BASE, RELATION, base_name

MOST_BASES = 5
MOST_CHILDREN = 6
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Relative:
    """A model beside another. ``repo`` is missing when the card names something that is not on this hub."""

    title: str
    repo: Repo | None = None
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Bases as the card names them, children newest first; ``more_children`` are left out (at most ``MOST_COUNTED``)."""

    bases: Sequence[Relative]
    children: Sequence[Relative]
    more_children: int = 0

    def __bool__(self) -> bool:
        return bool(self.bases or self.children)


def family_of(repo: Repo, base_models: Sequence[str], *, actor: Actor) -> Family:
    """The relatives of a model, those that the actor may know of; three queries however many there are."""
    children = _rows(actor).filter(facets__facet=BASE, facets__value=base_name(repo.full_name))
    found = list(children.exclude(repo=repo).order_by("-updated_at", "-repo_id")[:MOST_COUNTED])
    shown = found[:MOST_CHILDREN]
    relations = dict(
        SearchFacet.objects.filter(row__in=shown, facet=RELATION).values_list("row_id", "value")
    )
    return Family(
        bases=_bases(base_models[:MOST_BASES], actor=actor),
        children=[
            Relative(row.title or row.repo.name, row.repo, relations.get(row.pk, ""))
            for row in shown
        ],
        more_children=len(found) - len(shown),
    )


def _rows(actor: Actor) -> QuerySet[SearchRow]:
    visible = Repo.objects.visible_to(actor)
    return SearchRow.objects.filter(repo__in=visible).select_related("repo__namespace")


def _bases(names: Sequence[str], *, actor: Actor) -> list[Relative]:
    folded = {name: base_name(name) for name in names}
    wanted = [value for value in folded.values() if value]
    known = {row.folded_name: row for row in _rows(actor).filter(folded_name__in=wanted)}
    return [
        Relative(row.title or row.repo.name, row.repo) if row else Relative(name)
        for name, row in ((name, known.get(value)) for name, value in folded.items())
    ]
