"""Background entry points of the outbox."""

from __future__ import annotations

from celery import shared_task

from governance.outbox import mail, posting, reading


@shared_task(name="outbox.tell", ignore_result=True)
def tell() -> None:
    """Tell people of what happened since the last time."""
    posting.tell()


@shared_task(name="outbox.forget", ignore_result=True)
def forget() -> None:
    """Remove notifications that are too old to matter."""
    reading.forget()


@shared_task(name="outbox.request_digests", ignore_result=True)
def request_digests() -> None:
    """Ask for the daily mail of everybody for whom something was kept."""
    mail.request_digests()
