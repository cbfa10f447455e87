"""How often a model was downloaded lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from models_catalog.downloads.models import DailyDownloads
from models_catalog.repos.models import Repo

WEEKS = 26
MONTH = 30
FEW_WEEKS = 8  # a model younger than this is drawn day by day


@dataclass(frozen=True, slots=True)
class RecentDownloads:
    """Points of a drawing from ``start`` to ``end``, each of ``step`` days, and the sum of the last 30 days."""

    points: Sequence[int]
    start: date
    end: date
    step: int
    month: int


def recent_downloads(repo: Repo) -> RecentDownloads | None:
    """The last 26 weeks in one query; ``None`` when nobody downloaded anything in them."""
    today = timezone.now().date()
    since = today - timedelta(days=7 * WEEKS - 1)
    rows = DailyDownloads.objects.filter(repo=repo, day__gte=since, day__lte=today)
    found = dict(rows.values_list("day", "count"))
    return drawn(found, today=today) if any(found.values()) else None


def drawn(counts: Mapping[date, int], *, today: date) -> RecentDownloads:
    """Weeks that end today; days while there are few of them, but two weeks at least."""
    days = (today - min(counts)).days + 1
    step = 7 if days > 7 * FEW_WEEKS else 1
    length = 7 * -(-days // 7) if step == 7 else max(days, 14)
    start = today - timedelta(days=length - 1)
    daily = [counts.get(start + timedelta(days=number), 0) for number in range(length)]
    return RecentDownloads(
        points=[sum(daily[at : at + step]) for at in range(0, length, step)],
        start=start,
        end=today,
        step=step,
        month=sum(counts.get(today - timedelta(days=number), 0) for number in range(MONTH)),
    )
