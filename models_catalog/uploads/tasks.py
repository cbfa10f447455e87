"""Background entry points of uploads."""

from __future__ import annotations

from celery import shared_task

from hub.core.actor import SYSTEM
from models_catalog.uploads.actions.sessions import expire_uploads


@shared_task(name="storage.expire_uploads", ignore_result=True)
def expire_uploads_nobody_touched() -> None:
    """Remove unfinished uploads that nobody came back to."""
    expire_uploads(actor=SYSTEM)
