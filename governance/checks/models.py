"""What programs outside of the hub say about revisions."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q

from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision


class CheckState(models.TextChoices):
    """How an external check stands: running, passed, failed, or unable to say."""

    PENDING = "pending"
    SUCCESS = "success"
    FAILURE = "failure"
    ERROR = "error"


class ExternalCheck(models.Model):
    """One report about a revision under a name; of each name the newest one is ``is_current`` and counts.

    ``link`` is http or https, or empty.
    """

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="external_checks")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="external_checks")
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=CheckState)
    summary = models.CharField(max_length=500, blank=True)
    link = models.CharField(max_length=1000, blank=True)
    is_current = models.BooleanField(default=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["revision", "name"],
                condition=Q(is_current=True),
                name="one_current_external_check",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["revision", "-id"], name="external_check_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"

    @property
    def host(self) -> str:
        """Where the link leads, for people to see before they follow it."""
        return urlsplit(self.link).hostname or ""
