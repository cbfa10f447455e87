"""What people do with what they were told. It is their own reading list, so none of it is an event."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.outbox.models import Notification, NotificationState, Part, Why
from governance.outbox.watching import require_oneself
from hub.core.actor import Actor
from hub.core.errors import Invalid

KEPT = timedelta(days=180)
KEPT_DONE = timedelta(days=30)
FORGET_AT_ONCE = 1000


def mark(ids: Collection[int], state: str, *, actor: Actor) -> int:
    """Mark some of one's notifications; answers how many. Those of others are left alone without a word."""
    user = require_oneself(actor)
    return _marked(Q(user=user, pk__in=ids), state)


def mark_all(*, state: str, until: datetime, actor: Actor) -> int:
    """Mark everything that one was told up to ``until``: what came after the page was shown stays as it is."""
    user = require_oneself(actor)
    return _marked(Q(user=user, updated_at__lte=until), state)


def mute(notification: Notification, *, is_muted: bool = True, actor: Actor) -> None:
    """Hear no more of the thread of a notification, unless it names one. Raises ``Invalid`` where there is no thread."""
    user = require_oneself(actor)
    if notification.repo_id is None or notification.number is None:
        raise Invalid(_("This belongs to no thread. Choose what to hear of in your settings."))
    Part.objects.update_or_create(
        user=user,
        repo_id=notification.repo_id,
        number=notification.number,
        defaults={"is_muted": is_muted},
        create_defaults={"is_muted": is_muted, "why": Why.WATCHING},
    )
    if is_muted:
        _marked(Q(user=user, pk=notification.pk), NotificationState.DONE)


def forget() -> int:
    """Remove what is too old to matter, a bounded number at a time; answers how many."""
    now = timezone.now()
    old = Notification.objects.filter(
        Q(updated_at__lt=now - KEPT)
        | Q(state=NotificationState.DONE, updated_at__lt=now - KEPT_DONE),
        updated_at__lt=now - KEPT_DONE,
    ).order_by("updated_at")
    removed = 0
    while ids := list(old.values_list("pk", flat=True)[:FORGET_AT_ONCE]):
        removed += Notification.objects.filter(pk__in=ids).delete()[0]
    return removed


def _marked(which: Q, state: str) -> int:
    if state not in NotificationState.values:
        raise Invalid(
            _("A notification is one of {states}.").format(
                states=", ".join(NotificationState.values)
            ),
            field="state",
        )
    rows = Notification.objects.filter(which).exclude(state=state)
    if state == NotificationState.READ:  # what is done has been read
        rows = rows.exclude(state=NotificationState.DONE)
    if state == NotificationState.UNREAD:
        return rows.update(state=state)
    return rows.update(state=state, is_for_digest=False)
