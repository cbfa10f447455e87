"""The denormalised row that review queues read, and the secret addresses of queues as feeds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.namespaces.models import Namespace
from governance.policies.rules.by_kind import USUAL_DAYS
from models_catalog.changes.models import Discussion
from models_catalog.repos.models import Repo

WAITS = Q(ended_at__isnull=True)


class QueueKind(models.TextChoices):
    """What people are asked to agree to: a change publishes files, or publishes them under another licence."""

    PUBLISH = "publish", _("Publication")
    LICENCE = "licence", _("Change of licence")
    PROMOTE = "promote", _("Promotion")
    RECERTIFY = "recertify", _("Recertification")
    WITHDRAW = "withdraw", _("Withdrawal")
    WAIVER = "waiver", _("Waiver")


class Risk(models.IntegerChoices):
    """How much there is to look out for, from what the hub found; ``UNKNOWN`` is never taken for low."""

    UNKNOWN = 0, _("Not known yet")
    LOW = 1, _("Low")
    SOME = 2, _("Some")
    HIGH = 3, _("High")


class QueueEntry(models.Model):
    """One change or request as queues list it; derived, so that any can be made anew, and never what a gate asks.

    ``namespace`` follows the model's owner with a delay: it leads the indexes, and whoever lists by it asks the model
    too. ``due_at`` is the first day by which somebody who was asked has to answer, else ``days`` after it was opened.
    ``days``, the approvals ``needed``, and ``risk`` with its ``reasons`` are what was found when it was looked at last,
    at ``refreshed_at``.
    """

    discussion = models.OneToOneField(
        Discussion, primary_key=True, on_delete=models.CASCADE, related_name="queue_entry"
    )
    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="+")
    namespace = models.ForeignKey(Namespace, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=QueueKind)
    opened_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField(default=USUAL_DAYS)
    needed = models.PositiveSmallIntegerField(default=1)
    needed_security = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.UNKNOWN)
    reasons = models.JSONField(default=list)
    is_blocked = models.BooleanField(default=False)
    refreshed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["namespace", "due_at", "discussion"], condition=WAITS, name="queue_due"
            ),
            models.Index(
                fields=["namespace", "kind", "due_at", "discussion"],
                condition=WAITS,
                name="queue_by_kind",
            ),
            models.Index(
                fields=["namespace", "risk", "due_at", "discussion"],
                condition=WAITS,
                name="queue_by_risk",
            ),
            models.Index(
                fields=["namespace", "due_at", "discussion"],
                condition=WAITS & Q(is_blocked=True),
                name="queue_blocked",
            ),
            models.Index(
                fields=["namespace", "-opened_at", "-discussion"],
                condition=WAITS,
                name="queue_newest",
            ),
            models.Index(
                fields=["namespace", "-ended_at", "-discussion"],
                condition=Q(ended_at__isnull=False),
                name="queue_decided",
            ),
            models.Index(
                fields=["due_at", "discussion"], condition=WAITS, name="queue_due_anywhere"
            ),
            models.Index(fields=["refreshed_at"], condition=WAITS, name="queue_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.discussion_id}"


class QueueFeed(models.Model):
    """The secret address by which one person reads a queue as Atom: an organisation's, or (``namespace`` null) their own.

    Of the secret only its digest is kept. What the person may no longer see, the address no longer shows.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    namespace = models.ForeignKey(Namespace, null=True, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "namespace"],
                condition=Q(namespace__isnull=False),
                name="one_feed_per_queue",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(namespace=None), name="one_feed_of_ones_own"
            ),
        ]

    def __str__(self) -> str:
        return f"queue feed of {self.user_id}"
