"""Background entry points of downloads."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.db.models import Sum
from django.utils import timezone

from models_catalog.downloads.models import DailyDownloads
from models_catalog.search.actions import write_downloads

DAYS = 30


@shared_task(name="downloads.count_month", ignore_result=True)
def count_month() -> None:
    """Bring the downloads of the last 30 days into the rows that lists and searches read."""
    since = timezone.now().date() - timedelta(days=DAYS - 1)
    recent = DailyDownloads.objects.filter(day__gte=since).values_list("repo_id")
    write_downloads(dict(recent.annotate(total=Sum("count")).order_by("repo_id")))
