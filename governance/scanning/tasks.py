"""Background entry points of scanning."""

from __future__ import annotations

from celery import shared_task

from governance.scanning import actions


@shared_task(name="scanning.queue_missing", ignore_result=True)
def queue_missing() -> None:
    """Ask for scans that the current ruleset has not given yet."""
    actions.queue_missing()
