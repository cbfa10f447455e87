"""Background entry points of the record."""

from __future__ import annotations

from celery import shared_task

from governance.audit import actions


@shared_task(name="audit.seal", ignore_result=True)
def seal() -> None:
    """Chain and sign what happened since the last time."""
    actions.seal()
