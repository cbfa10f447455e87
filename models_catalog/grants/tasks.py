"""Background entry points of grants."""

from __future__ import annotations

from celery import shared_task

from hub.core.actor import SYSTEM
from models_catalog.grants.actions import end_expired_grants


@shared_task(name="grants.end_expired", ignore_result=True)
def end_what_has_expired() -> None:
    """Clear away grants whose last day has passed; they stopped counting by themselves."""
    end_expired_grants(actor=SYSTEM)
