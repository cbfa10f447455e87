"""How often models are fetched."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from models_catalog.repos.models import Repo


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
