"""The record: events as they happened, sealed into a chain afterwards."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class AuditEvent(models.Model):
    """One event, inserted in the transaction of the change it belongs to. Never updated, never deleted.

    ``data`` holds the event's fields with its label and reason; fields about people are salted commitments, their
    values stand in ``PersonalField`` and can be redacted without breaking the chain.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    means = models.CharField(max_length=10)
    token_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=100)
    namespace_id = models.BigIntegerField(null=True)
    repo_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    happened_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["namespace_id", "-happened_at", "-id"], name="audit_of_namespace"),
            models.Index(
                fields=["namespace_id", "name", "-happened_at", "-id"], name="audit_of_kind"
            ),
            models.Index(fields=["-happened_at", "-id"], name="audit_of_hub"),
            models.Index(fields=["name", "-happened_at", "-id"], name="audit_of_hub_kind"),
            models.Index(fields=["repo_id", "-id"], name="audit_of_repo"),
            models.Index(fields=["actor_id", "-id"], name="audit_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"


class UnsealedEvent(models.Model):
    """An event that waits for its place in the chain; inserted with the event, removed with its seal.

    The sealer reads this short list instead of looking for gaps in the whole record, so an event whose transaction
    commits late, after higher ids were sealed, is never passed over.
    """

    event = models.OneToOneField(
        AuditEvent, primary_key=True, on_delete=models.PROTECT, related_name="unsealed"
    )

    def __str__(self) -> str:
        return f"{self.event_id} waits"


class PersonalField(models.Model):
    """A personal value of an event (a name, an address) with the salt of its commitment.

    Redacting sets ``value`` to null and empties ``salt``: with the salt a name could still be guessed.
    """

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="personal_fields")
    field = models.CharField(max_length=40)
    salt = models.CharField(max_length=32, blank=True)
    value = models.TextField(null=True)  # noqa: DJ001 - null is "redacted", which is not the same as empty

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "field"], name="one_personal_value")
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.event_id}"


class Seal(models.Model):
    """The place of an event in the chain: ``digest`` covers the event, this row and the digest before it."""

    sequence = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sequence}: {self.digest}"


class Checkpoint(models.Model):
    """A signature (Ed25519, in hexadecimal) over the chain's head at ``sequence`` and the signature before it."""

    sequence = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    key_id = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sequence} by {self.key_id}"
