"""What the front page and other summaries show of the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncQuarter

from accounts.namespaces.models import Namespace
from hub.core.actor import Actor
from models_catalog.repos.models import Repo
from models_catalog.search.models import Approval, SearchRow
from models_catalog.search.queries import (
    DOWNLOADS,
    ORDERS,
    UPDATED,
    count_values,
    listed_rows,
    visible_rows,
)
from models_catalog.storage.models import Verdict
from models_catalog.versions.models import Version, VersionState


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What one publisher has, as far as the visitor may know of it; ``states`` counts the models by approval."""

    models: int
    versions: int
    downloads: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """The collection in numbers, as far as the visitor may know of it."""

    models: int
    approved: int
    versions: int
    size: int
    clean: int

    @property
    def clean_share(self) -> int:
        """Per cent of the models whose files are all clean, rounded down: 100 means every single one."""
        return self.clean * 100 // self.models if self.models else 0


def _offered(actor: Actor) -> QuerySet[SearchRow]:
    """The rows worth showing to somebody who has not asked for them: with files, not withdrawn, archived or deprecated."""
    rows = listed_rows(actor=actor).select_related("repo__namespace").filter(total_size__gt=0)
    return rows.exclude(approval=Approval.WITHDRAWN)


def _recommended(actor: Actor) -> QuerySet[SearchRow]:
    """Those of them that can be downloaded as far as scanning knows."""
    return _offered(actor).exclude(verdict__in=[Verdict.DANGEROUS, Verdict.ERROR])


def figures(*, actor: Actor) -> Figures:
    """Everything that is offered, in one query."""
    counted = _offered(actor).aggregate(
        models=Count("pk"),
        approved=Count("pk", filter=Q(approval=Approval.APPROVED)),
        versions=Sum("version_count", default=0),
        size=Sum("total_size", default=0),
        clean=Count("pk", filter=Q(verdict=Verdict.SAFE)),
    )
    return Figures(**counted)


def newest_rows(*, actor: Actor, number: int, **columns: str) -> list[SearchRow]:
    """The rows updated last, of those whose columns have these values; none that is empty, withdrawn or blocked."""
    return list(_recommended(actor).filter(**columns).order_by(*ORDERS[UPDATED])[:number])


def most_downloaded(*, actor: Actor, number: int) -> list[SearchRow]:
    """The rows with most downloads in the last 30 days; none that has none."""
    rows = _recommended(actor).filter(downloads__gt=0)
    return list(rows.order_by(*ORDERS[DOWNLOADS])[:number])


def counts_of(*facets: str, actor: Actor) -> dict[str, dict[str, int]]:
    """How many visible models have each value of some facets."""
    return {
        facet: dict(pairs)
        for facet, pairs in count_values(facets, visible_rows(actor=actor)).items()
    }


def approvals_by_quarter(*, actor: Actor) -> list[tuple[date, int]]:
    """(first day of the quarter, versions approved in it), oldest first; quarters without any are left out."""
    approved = Version.objects.filter(
        state=VersionState.RELEASED,
        approvals__gt=0,
        repo__in=Repo.objects.visible_to(actor).values("pk"),
    )
    counted = approved.annotate(quarter=TruncQuarter("released_at")).values_list("quarter")
    return [
        (quarter.date(), n) for quarter, n in counted.annotate(n=Count("pk")).order_by("quarter")
    ]


def portfolio_of(owner: Namespace, *, actor: Actor) -> Portfolio:
    """The models of a namespace in numbers, in one query."""
    states = {state.value: Count("pk", filter=Q(approval=state)) for state in Approval}
    counted = (
        visible_rows(actor=actor)
        .filter(repo__namespace=owner)
        .aggregate(
            models=Count("pk"),
            versions=Sum("version_count", default=0),
            downloads=Sum("downloads", default=0),
            **{f"is_{state}": number for state, number in states.items()},
        )
    )
    return Portfolio(
        models=counted["models"],
        versions=counted["versions"],
        downloads=counted["downloads"],
        states={state: counted[f"is_{state}"] for state in states},
    )


def newest_releases(owner: Namespace, *, actor: Actor, number: int) -> list[Version]:
    """The versions that a namespace released last, of models that are not withdrawn."""
    released = Version.objects.filter(
        state=VersionState.RELEASED,
        repo__namespace=owner,
        repo__withdrawn_at=None,
        repo__in=Repo.objects.visible_to(actor).values("pk"),
    ).select_related("repo__namespace", "released_by")
    return list(released.order_by("-released_at", "-pk")[:number])
