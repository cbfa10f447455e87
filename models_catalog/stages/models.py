"""Where versions stand, what they are called for now, and every move that brought them there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.namespaces.models import Namespace
from models_catalog.repos.models import Repo
from models_catalog.versions.models import Version


class Stage(models.Model):
    """A place of an organisation's own where versions stand, in the order in which they pass through them.

    ``name`` is for programs and never changes, ``title`` is for people. A version of a reviewed model comes to a
    protected stage, or leaves it, by a review only. Of an exclusive stage each model has one version at most.
    """

    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    is_protected = models.BooleanField(default=False)
    is_exclusive = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["namespace", "name"], name="one_stage_per_name")
        ]

    def __str__(self) -> str:
        return self.title


class ProtectedAlias(models.Model):
    """An alias that an organisation lets move by a review only, in every reviewed model it has."""

    namespace = models.ForeignKey(
        Namespace, on_delete=models.PROTECT, related_name="protected_aliases"
    )
    name = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["namespace", "name"], name="one_protection_per_alias")
        ]

    def __str__(self) -> str:
        return self.name


class Move(models.Model):
    """What every move keeps: who made it, when, by which review (the number of its discussion), until when it held.

    ``below`` is the move that a rollback goes back to: what stood there before, rollbacks themselves left out.
    """

    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    review = models.PositiveIntegerField(null=True)
    is_rollback = models.BooleanField(default=False)
    below = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True


class StageMove(Move):
    """A version came to ``stage`` (nowhere when empty) from ``from_stage``, and stood there until ``ended_at``."""

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="stage_moves")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="stage_moves")
    stage = models.CharField(max_length=40, blank=True)
    from_stage = models.CharField(max_length=40, blank=True)
    is_exclusive = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(ended_at=None), name="one_stage_per_version"
            ),
            models.UniqueConstraint(
                fields=["repo", "stage"],
                condition=Q(ended_at=None, is_exclusive=True),
                name="one_version_per_exclusive_stage",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["repo", "stage", "moved_at"], name="stage_move_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} to {self.stage or 'nowhere'}"


class AliasMove(Move):
    """An alias was set on ``version`` (taken away when ``None``), and meant it until ``ended_at``."""

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="alias_moves")
    alias = models.CharField(max_length=40)
    version = models.ForeignKey(
        Version, null=True, on_delete=models.CASCADE, related_name="alias_moves"
    )
    from_version = models.ForeignKey(Version, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["repo", "alias"], condition=Q(ended_at=None), name="one_meaning_per_alias"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["repo", "alias", "moved_at"], name="alias_move_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.alias} to {self.version_id or 'nothing'}"
