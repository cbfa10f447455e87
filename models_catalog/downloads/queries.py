"""Reading how often models are fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from django.db.models import Q, Sum
from django.utils import timezone

from hub.core.actor import Actor
from models_catalog.downloads.models import DailyDownloads
from models_catalog.search.highlights import most_downloaded
from models_catalog.search.models import SearchRow

CANDIDATES = 200
FEW = 10  # downloads in a week, below which nothing is said to rise
CHANCE = 2.0  # standard deviations that a rise has to exceed
WEEK = timedelta(days=7)
SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Rising:
    """A model that is fetched more than before: its downloads in seven whole days, and day by day for a month."""

    row: SearchRow
    recent: int
    daily: Sequence[int]


def rising(*, actor: Actor, number: int) -> list[Rising]:
    """What is fetched more in the last seven whole days than in the seven before, the clearest rise first.

    With ``a`` downloads now and ``b`` before, a rise is as clear as (a − b) / √(a + b): how many standard deviations it
    lies above what chance alone would bring. So 60 after 20 stands before 1,020 after 1,000. Only the ``CANDIDATES``
    most downloaded models of the month are asked, which bounds the work whatever the size of the catalogue.
    The counts tell people from robots as little as the daily counts do.
    """
    today = timezone.now().date()
    rows = {row.pk: row for row in most_downloaded(actor=actor, number=CANDIDATES)}
    weeks = _two_weeks(rows, today)
    clear = {pk: _clearness(*pair) for pk, pair in weeks.items() if pair[0] >= FEW}
    found = sorted((pk for pk in clear if clear[pk] >= CHANCE), key=lambda pk: (-clear[pk], pk))
    daily = _daily(found[:number], today)
    return [Rising(rows[pk], weeks[pk][0], daily[pk]) for pk in found[:number]]


def _two_weeks(rows: Mapping[int, SearchRow], today: date) -> dict[int, tuple[int, int]]:
    """Downloads in the last seven whole days and in the seven before, by repo id."""
    if not rows:
        return {}
    counted = (
        DailyDownloads.objects.filter(repo__in=list(rows), day__gte=today - 2 * WEEK, day__lt=today)
        .values_list("repo_id")
        .annotate(
            now=Sum("count", filter=Q(day__gte=today - WEEK), default=0),
            before=Sum("count", filter=Q(day__lt=today - WEEK), default=0),
        )
        .order_by()
    )
    return {pk: (now, before) for pk, now, before in counted}


def _clearness(now: int, before: int) -> float:
    return (now - before) / sqrt(now + before)


def _daily(ids: Sequence[int], today: date) -> dict[int, list[int]]:
    """Downloads of each of the last thirty whole days, oldest first, by repo id."""
    if not ids:
        return {}
    first = today - SHOWN
    daily = {pk: [0] * SHOWN.days for pk in ids}
    counted = DailyDownloads.objects.filter(repo__in=ids, day__gte=first, day__lt=today)
    for pk, day, number in counted.values_list("repo_id", "day", "count"):
        daily[pk][(day - first).days] = number
    return daily
