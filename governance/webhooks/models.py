"""Programs that are told by HTTP: where, of what, and how each message fared."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.namespaces.models import Namespace
from governance.audit.models import AuditEvent
from models_catalog.repos.models import Repo


class Webhook(models.Model):
    """An address that is told of events of an organisation, of one repo (``repo``), or of what ``person`` hears of.

    It belongs to ``namespace`` and is told what those who manage it may see, and nothing of others. Its secret is kept
    nowhere: it is worked out from the hub's own secret, the id and ``secret_round``. After a new one was made, messages
    carry signatures by both until ``previous_until``. While it fails it rests until ``rest_until``.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    namespace = models.ForeignKey(Namespace, on_delete=models.CASCADE, related_name="+")
    repo = models.ForeignKey(Repo, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    url = models.CharField(max_length=500)
    events = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    disabled_reason = models.TextField(blank=True)
    secret_round = models.PositiveIntegerField(default=1)
    previous_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    rest_until = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["namespace", "id"], name="webhook_of_owner")]

    def __str__(self) -> str:
        return str(self.public_id)


class DeliveryState(models.TextChoices):
    """How a message fares; ``dropped``: its webhook stopped, or may no longer know of it."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"


class Delivery(models.Model):
    """One message to one webhook: the same bytes and id however often it is sent, so that receivers know a repetition."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(AuditEvent, null=True, on_delete=models.PROTECT, related_name="+")
    repo = models.ForeignKey(Repo, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    is_inside = models.BooleanField(default=False)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["webhook", "event", "repo"], name="one_message_per_event"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["webhook", "-created_at", "-id"], name="delivery_newest"),
            models.Index(fields=["created_at"], name="delivery_age"),
        ]

    def __str__(self) -> str:
        return f"{self.name} to {self.webhook_id}"


class Try(models.Model):
    """One attempt at a delivery and what came back, cut to what helps to find the fault."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    timestamp = models.BigIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    error = models.TextField(blank=True)
    milliseconds = models.PositiveIntegerField()
    headers = models.TextField(blank=True)
    body = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status or self.error}"
