"""Blobs: immutable bytes, named by their SHA-256, stored once however many repos hold them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _


class BlobState(models.TextChoices):
    """Where the bytes are: in the store, moved out of reach, or gone."""

    STORED = "stored"
    QUARANTINED = "quarantined"
    DELETED = "deleted"


class Verdict(models.TextChoices):
    """What scanning says; ``pending`` until it has spoken. The order, best first, is the order of ``RANK``."""

    SAFE = "safe"
    UNSCANNABLE = "unscannable"
    SUSPICIOUS = "suspicious"
    PENDING = "pending"
    ERROR = "error"
    DANGEROUS = "dangerous"


CLEARED = (Verdict.SAFE, Verdict.UNSCANNABLE, Verdict.SUSPICIOUS)  # read to the end, not dangerous
RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}


def worst(*verdicts: str) -> Verdict:
    """The worst of some verdicts; none at all is ``pending``, because silence is not safety."""
    return max((Verdict(v) for v in verdicts), key=lambda v: RANK[v], default=Verdict.PENDING)


class Blob(models.Model):
    """Bytes in the store.

    ``git_sha1`` is the id git gives the same bytes; only known up to ``settings.INLINE_BYTES``. ``verdict`` is the
    content verdict under ``ruleset``; governance writes both and nothing else does. Recalled bytes are handed out at no
    door and taken at none, whatever scanning says of them.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    git_sha1 = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, choices=BlobState, default=BlobState.STORED)
    verdict = models.CharField(max_length=12, choices=Verdict, default=Verdict.PENDING)
    ruleset = models.CharField(max_length=40, blank=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recalled_reason = models.TextField(blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ruleset", "id"], name="blob_by_ruleset"),
            models.Index(
                fields=["-recalled_at", "-id"],
                condition=models.Q(recalled_at__isnull=False),
                name="blob_recalled",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def recall(self) -> str:
        """Why nobody gets these bytes, as a sentence; empty unless they are recalled."""
        if self.recalled_at is None:
            return ""
        return recall_sentence(self.sha256, self.recalled_at, self.recalled_reason)


def recall_sentence(sha256: str, when: datetime, reason: str) -> str:
    """What every door says of recalled bytes."""
    return _("The file {sha256} was recalled by this hub on {date}: {reason}").format(
        sha256=sha256[:12], date=f"{when:%-d %b %Y}", reason=reason
    )


class BlobReceipt(models.Model):
    """Proof that a person sent these bytes: knowing a digest alone never grants the bytes."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="receipts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    received_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blob", "user"], name="one_receipt_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.blob} from {self.user}"
