"""Background entry points of webhooks."""

from __future__ import annotations

from celery import shared_task

from governance.webhooks import delivering


@shared_task(name="webhooks.forget", ignore_result=True)
def forget() -> None:
    """Remove what was sent long ago."""
    delivering.forget()
