"""How often models are fetched, and by whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from models_catalog.repos.models import Repo
from models_catalog.versions.models import Version


class DailyDownloads(models.Model):
    """Downloads of one repo on one day (UTC)."""

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="daily_downloads")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "day"], name="one_count_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.repo_id} {self.day}: {self.count}"


class Downloader(models.Model):
    """Somebody who fetched a version (or work that is no version) while signed in, to be told when it is taken back.

    Kept to the day: who fetched what is nobody's business but theirs and that of whoever has to warn them.
    """

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, null=True, on_delete=models.CASCADE, related_name="+")
    last_at = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["repo", "user", "version"], name="one_downloader_per_version"
            ),
            models.UniqueConstraint(
                fields=["repo", "user"],
                condition=Q(version=None),
                name="one_downloader_of_no_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} has {self.repo_id} {self.version_id or ''}"
