"""Requests: what people are asked to agree to that is no change of ``main``, and what two kinds of them leave behind."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from models_catalog.changes.models import Discussion
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.versions.models import Version


class RequestKind(models.TextChoices):
    """What is asked for."""

    PROMOTE = "promote", _("Promotion")
    RECERTIFY = "recertify", _("Recertification")
    WITHDRAW = "withdraw", _("Withdrawal")
    WAIVER = "waiver", _("Waiver")


class ReviewRequest(models.Model):
    """Asks for ``kind`` about exactly ``revision`` with ``manifest_digest``; what else it needs is in ``payload``.

    ``asks`` names what is asked in one word, so that the same is asked once at a time. The state is the discussion's;
    ``ended_at`` is set when it is granted or closed.
    """

    discussion = models.OneToOneField(Discussion, on_delete=models.CASCADE, related_name="request")
    kind = models.CharField(max_length=10, choices=RequestKind)
    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="requests")
    version = models.ForeignKey(
        Version, null=True, on_delete=models.PROTECT, related_name="requests"
    )
    payload = models.JSONField(default=dict)
    asks = models.CharField(max_length=200)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    manifest_digest = models.CharField(max_length=64)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["repo", "asks"],
                condition=models.Q(ended_at__isnull=True),
                name="asked_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.discussion)

    @property
    def head(self) -> Revision:
        """What is decided on, as a change calls it."""
        return self.revision

    @property
    def head_id(self) -> int:
        """The id of what is decided on."""
        return self.revision_id


class Certificate(models.Model):
    """People looked at a released version again and stand by exactly these files."""

    request = models.OneToOneField(
        ReviewRequest, on_delete=models.CASCADE, related_name="certificate"
    )
    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="certificates")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="certificates")
    manifest_digest = models.CharField(max_length=64)
    approvals = models.PositiveSmallIntegerField()
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["version", "-granted_at"], name="certificate_newest")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.granted_at:%Y-%m-%d}"


class CheckWaiver(models.Model):
    """Somebody who made no part of it answers for ``rule`` not being met by exactly these files, for a while.

    ``discussion`` is the change or request where that was done; null for what is older than the column.
    """

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="check_waivers")
    rule = models.CharField(max_length=60)
    manifest_digest = models.CharField(max_length=64)
    reason = models.TextField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    request = models.ForeignKey(
        ReviewRequest, null=True, on_delete=models.CASCADE, related_name="check_waivers"
    )
    discussion = models.ForeignKey(
        Discussion, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["repo", "manifest_digest"], name="check_waiver_lookup"),
            models.Index(fields=["repo", "-id"], name="check_waiver_newest"),
            models.Index(fields=["repo", "expires_at"], name="check_waiver_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} for {self.manifest_digest[:12]}"
