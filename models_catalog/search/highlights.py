"""What the front page and other summaries show of the collection."""

from __future__ import annotations

from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncQuarter

from hub.core.actor import Actor
from models_catalog.repos.models import Repo
from models_catalog.search.models import SearchRow
from models_catalog.search.queries import DOWNLOADS, ORDERS, UPDATED, count_values, visible_rows
from models_catalog.versions.models import Version, VersionState


def newest_rows(*, actor: Actor, number: int, **columns: str) -> list[SearchRow]:
    """The rows updated last, of those whose columns have these values."""
    rows = visible_rows(actor=actor).select_related("repo__namespace").filter(**columns)
    return list(rows.order_by(*ORDERS[UPDATED])[:number])


def most_downloaded(*, actor: Actor, number: int) -> list[SearchRow]:
    """The rows with most downloads in the last 30 days; none that has none."""
    rows = visible_rows(actor=actor).select_related("repo__namespace").filter(downloads__gt=0)
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
