"""What the audit record gained: what happened, and not what was tried in vain, which changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from governance.audit.models import AuditEvent, PersonalField


@contextmanager
def recording() -> Iterator[list[AuditEvent]]:
    """A list that holds, after the block, the events that were recorded inside it, refused attempts left out."""
    newest = AuditEvent.objects.order_by("-pk").first()
    seen: list[AuditEvent] = []
    yield seen
    gained = AuditEvent.objects.filter(pk__gt=newest.pk if newest else 0).order_by("pk")
    seen.extend(gained.exclude(name="attempt:refused"))


def names(events: list[AuditEvent]) -> list[str]:
    """What happened, in order."""
    return [event.name for event in events]


def personal(event: AuditEvent, field: str) -> str | None:
    """A personal value of an event."""
    return PersonalField.objects.get(event=event, field=field).value
