"""Whom to tell of what: what people watch, and the threads they take part in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.namespaces.models import Namespace
from models_catalog.repos.models import Repo


class Level(models.TextChoices):
    """How much somebody wants to hear of a model, or of all models of a namespace."""

    RELEASES = "releases", gettext_lazy("Releases and withdrawals")
    ALL = "all", gettext_lazy("Everything")
    MUTED = "muted", gettext_lazy("Nothing")


class Why(models.TextChoices):
    """Why somebody is told: what is nearest to them counts."""

    MENTIONED = "mentioned", gettext_lazy("You were mentioned")
    ASKED = "asked", gettext_lazy("You were asked to review")
    REMINDED = "reminded", gettext_lazy("It waits for you")
    CONCERNED = "concerned", gettext_lazy("It is about you")
    AUTHOR = "author", gettext_lazy("You began it")
    REVIEWER = "reviewer", gettext_lazy("You reviewed it")
    COMMENTER = "commenter", gettext_lazy("You took part in it")
    DOWNLOADED = "downloaded", gettext_lazy("You downloaded this model")
    WATCHING = "watching", gettext_lazy("You watch this model")
    WATCHING_OWNER = "watching_owner", gettext_lazy("You watch its owner")


class Watch(models.Model):
    """What somebody chose to hear of one repo, or of a namespace and all its repos; a repo's word goes first."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    repo = models.ForeignKey(Repo, null=True, on_delete=models.CASCADE, related_name="+")
    namespace = models.ForeignKey(Namespace, null=True, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="watch_of_one_thing",
                condition=Q(repo=None, namespace__isnull=False)
                | Q(repo__isnull=False, namespace=None),
            ),
            models.UniqueConstraint(
                fields=["repo", "user"], condition=Q(namespace=None), name="one_watch_per_repo"
            ),
            models.UniqueConstraint(
                fields=["namespace", "user"], condition=Q(repo=None), name="one_watch_per_namespace"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} hears {self.level}"


class Part(models.Model):
    """Somebody's part in a thread, for which they are told of what happens in it until they mute it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=20, choices=Why)
    is_muted = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "number", "user"], name="one_part_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in #{self.number}"
