"""One table for the first segment of every model's name."""

from __future__ import annotations

from django.db import models


class NamespaceKind(models.TextChoices):
    """Whose name it is."""

    USER = "user"
    ORGANIZATION = "organization"


class Preset(models.TextChoices):
    """How strictly the models of a namespace are governed before policies add rules of their own."""

    OPEN = "open"
    LIGHT = "light"
    STRICT = "strict"


class Visibility(models.TextChoices):
    """Who may come to see a model, once it is released or open."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PRIVATE = "private"


class Namespace(models.Model):
    """A person's or an organisation's unique name: case kept, unique when folded, never given out twice.

    When its owner is deleted the row stays with ``is_retired`` set: a tombstone.
    """

    name = models.CharField(max_length=96)
    folded = models.CharField(max_length=96, unique=True)
    kind = models.CharField(max_length=12, choices=NamespaceKind)
    preset = models.CharField(max_length=10, choices=Preset, default=Preset.OPEN)
    is_retired = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_organization(self) -> bool:
        """Whether an organisation holds the name."""
        return self.kind == NamespaceKind.ORGANIZATION

    @property
    def title(self) -> str:
        """What its owner is called, for people; the name when there is none. Fetch the owner with it."""
        owner = getattr(self, "organization" if self.is_organization else "user", None)
        return str(getattr(owner, "display_name", "") or self.name)

    @property
    def is_reviewed(self) -> bool:
        """Whether new models here have a protected ``main``."""
        return self.preset != Preset.OPEN
