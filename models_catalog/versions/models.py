"""Versions: registered releases of a repo."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision


class VersionState(models.TextChoices):
    """Where a version stands; a number is never used twice, whatever becomes of it."""

    PROPOSED = "proposed"
    RELEASED = "released"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Version(models.Model):
    """Release ``number`` of a repo; ``revision`` is fixed when it is released.

    ``approvals`` counts the decisions that counted at its release; 0 means that nobody reviewed it.
    ``change_number`` is the change that brought it, and where its review is kept. A yanked version is still handed out
    to those who name it exactly, and is nobody's newest; a withdrawn one is not handed out.
    """

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.PROPOSED)
    revision = models.ForeignKey(
        Revision, null=True, on_delete=models.PROTECT, related_name="versions"
    )
    change_number = models.PositiveIntegerField(null=True)
    approvals = models.PositiveSmallIntegerField(default=0)
    notes = models.TextField(blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    yanked_at = models.DateTimeField(null=True)
    yanked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    yanked_reason = models.TextField(blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["repo", "label"],
                condition=~models.Q(label=""),
                name="one_version_per_label",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="released")
                | models.Q(revision__isnull=False, released_at__isnull=False),
                name="released_versions_are_fixed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What people call it: its label, else its number."""
        return self.label or f"v{self.number}"

    @property
    def is_approved(self) -> bool:
        """Whether somebody other than its makers said yes to exactly this revision."""
        return self.state == VersionState.RELEASED and self.approvals > 0
