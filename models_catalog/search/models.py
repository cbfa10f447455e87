"""The denormalised row that lists and searches read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from models_catalog.repos.models import Repo
from models_catalog.storage.models import Verdict


class Approval(models.TextChoices):
    """How people stand to what ``main`` shows."""

    APPROVED = "approved"
    IN_REVIEW = "in_review"
    NOT_REVIEWED = "not_reviewed"
    WITHDRAWN = "withdrawn"


class SearchRow(models.Model):
    """Everything a list shows or filters about one repo, refreshed when the repo changes.

    ``…_words`` are the words to search by, weightiest first; the full-text index over them is made per database in
    the migrations (tsvector with GIN on PostgreSQL, FTS5 on SQLite) and written with the row by ``search.actions``.
    ``downloads`` are those of the last 30 days; ``updated_at`` is when what it shows was released or committed.
    """

    repo = models.OneToOneField(
        Repo, on_delete=models.CASCADE, primary_key=True, related_name="search_row"
    )
    full_name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=200, db_index=True)
    title = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    name_words = models.TextField(blank=True)
    summary_words = models.TextField(blank=True)
    card_words = models.TextField(blank=True)
    task = models.CharField(max_length=60, blank=True)
    library = models.CharField(max_length=60, blank=True)
    license = models.CharField(max_length=80, blank=True)
    languages = models.JSONField(default=list)
    formats = models.JSONField(default=list)
    approval = models.CharField(max_length=14, choices=Approval, default=Approval.NOT_REVIEWED)
    verdict = models.CharField(max_length=12, choices=Verdict, default=Verdict.PENDING)
    version_label = models.CharField(max_length=60, blank=True)
    version_count = models.PositiveIntegerField(default=0)
    parameters = models.BigIntegerField(null=True)
    total_size = models.BigIntegerField(default=0)
    downloads = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-updated_at", "-repo"], name="search_updated"),
            models.Index(fields=["-downloads", "-repo"], name="search_downloads"),
            models.Index(fields=["total_size", "repo"], name="search_size"),
        ]

    def __str__(self) -> str:
        return self.full_name


class SearchFacet(models.Model):
    """One filterable value of one row: (task, text-generation), (language, sw), and so on."""

    row = models.ForeignKey(SearchRow, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["facet", "value", "row"], name="one_facet_value")
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"
