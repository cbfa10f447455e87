"""What scanning found: per blob and ruleset, per revision and ruleset."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from models_catalog.changes.models import Discussion
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.storage.models import Blob, Verdict


class Ruleset(models.Model):
    """A version of the rules that this hub has scanned with; the newest ``in_force_since`` is the one in force."""

    version = models.CharField(max_length=40, unique=True)
    in_force_since = models.DateTimeField()
    last_used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.version


class ContentScan(models.Model):
    """The finished scan of a blob's bytes under one ruleset; names play no part, so every repo shares it."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="scans")
    ruleset = models.CharField(max_length=40)
    verdict = models.CharField(max_length=12, choices=Verdict)
    formats = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    imports = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    isolation = models.JSONField(default=dict)
    seconds = models.FloatField()
    finished_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blob", "ruleset"], name="one_content_scan")
        ]

    def __str__(self) -> str:
        return f"{self.blob_id}: {self.verdict}"


class ContextScan(models.Model):
    """The finished judgement of a revision's paths; ``findings`` by path, only where there are any."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="context_scans")
    ruleset = models.CharField(max_length=40)
    findings = models.JSONField(default=dict)
    finished_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "ruleset"], name="one_context_scan")
        ]

    def __str__(self) -> str:
        return f"context of {self.revision_id}"


class Waiver(models.Model):
    """A reviewer's word that a file which is not safe may be released: bound to bytes and ruleset, with an end.

    ``discussion`` is the change where it was given; null for what is older than the column.
    """

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="waivers")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="waivers")
    ruleset = models.CharField(max_length=40)
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.TextField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    discussion = models.ForeignKey(
        Discussion, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["repo", "blob"], name="waiver_lookup"),
            models.Index(fields=["repo", "expires_at"], name="waiver_ends"),
        ]

    def __str__(self) -> str:
        return f"waiver for {self.blob_id}"
