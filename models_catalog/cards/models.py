"""Cards: what the README.md of a revision says, parsed and rendered once per content."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from models_catalog.storage.models import Blob

README = "README.md"


class Card(models.Model):
    """A README.md, parsed and rendered under one version of the renderer.

    ``facts`` are the normalised front matter; ``problems`` sentences about what could not be read; ``html`` has been
    sanitised; ``contents`` are its headings as [level, anchor, text].
    """

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="cards")
    renderer = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    contents = models.JSONField(default=list)
    html = models.TextField()
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blob", "renderer"], name="one_card_per_renderer")
        ]

    def __str__(self) -> str:
        return self.title or str(self.blob_id)
