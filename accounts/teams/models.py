"""Teams: some people of an organisation under one name."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import Group
from django.db import models

from accounts.orgs.models import Organization


class Team(models.Model):
    """Members of an organisation who are given models together; the users of ``group`` belong to it.

    A team holds no role: what it may do are the grants that its group holds on single models.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=96)
    folded = models.CharField(max_length=96)
    description = models.TextField(blank=True, max_length=500)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="team")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "folded"], name="one_team_of_a_name_per_organization"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.name}"
