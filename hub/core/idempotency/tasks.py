"""Background entry point of kept answers."""

from __future__ import annotations

from celery import shared_task

from hub.core.idempotency.actions import sweep_answers


@shared_task(name="hub.sweep_answers", ignore_result=True)
def forget_old_answers() -> None:
    """Delete answers that nobody may ask for any more."""
    sweep_answers()
