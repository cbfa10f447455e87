"""What a model was made from and what was made from it, as its cards say and as one visitor may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hub.core.actor import Actor
from models_catalog.lifecycle.queries import names_of
from models_catalog.repos.models import FormerName, Repo
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
    """The relatives of a model, those that the actor may know of; a fixed number of queries however many there are."""
    names = {base_name(name) for name in names_of(repo)}
    named = SearchFacet.objects.filter(facet=BASE, value__in=names)  # by whichever name it had then
    children = _rows(actor).filter(pk__in=named.values("row"))
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
    known |= _formerly(set(wanted) - known.keys(), actor=actor)
    return [
        Relative(row.title or row.repo.name, row.repo) if row else Relative(name)
        for name, row in ((name, known.get(value)) for name, value in folded.items())
    ]


def _formerly(names: set[str], *, actor: Actor) -> dict[str, SearchRow]:
    """The models that were called so once, by those names; no other model can be called so."""
    called = Q()
    for name in names:
        owner, _, rest = name.partition("/")
        called |= Q(namespace__folded=owner, folded=rest)
    if not called:
        return {}
    former = FormerName.objects.filter(called).values_list("repo", "namespace__folded", "folded")
    places = {f"{owner}/{rest}": repo for repo, owner, rest in former}
    rows = {row.pk: row for row in _rows(actor).filter(pk__in=places.values())}
    return {name: rows[repo] for name, repo in places.items() if repo in rows}
