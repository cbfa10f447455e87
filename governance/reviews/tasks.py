"""Background entry points of reviews."""

from __future__ import annotations

from celery import shared_task

from governance.reviews import reminders
from governance.reviews.queues import keeping


@shared_task(name="reviews.remind", ignore_result=True)
def remind() -> None:
    """Ask for every reminder that has come due since the last time."""
    reminders.request_reminders()


@shared_task(name="reviews.look_again", ignore_result=True)
def look_again() -> None:
    """Ask for queue entries that nobody has looked at for a while."""
    keeping.request_stale()
