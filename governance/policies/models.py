"""Policies: what an organisation requires before a change may be merged, version by version."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.namespaces.models import Namespace, Preset


class Policy(models.Model):
    """Version ``number`` of a namespace's policy: a preset plus the rules it amounts to (rule id → parameters)."""

    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, related_name="policies")
    number = models.PositiveIntegerField()
    preset = models.CharField(max_length=10, choices=Preset)
    rules = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["namespace", "number"], name="one_policy_version")
        ]

    def __str__(self) -> str:
        return f"{self.namespace} policy {self.number}"

    @property
    def is_written_down(self) -> bool:
        """Whether this version is stored; the first one is not before somebody decides under it."""
        return self.pk is not None
