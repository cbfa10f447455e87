"""Whom to tell of what: what people watch, the threads they take part in, and what they were told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.namespaces.models import Namespace
from governance.audit.models import AuditEvent
from models_catalog.repos.models import Repo


class Group(models.TextChoices):
    """Kinds of news that people can choose a channel for."""

    PERSONAL = "personal", gettext_lazy("What names you: mentions, requests, reminders")
    RELEASES = "releases", gettext_lazy("Releases")
    WITHDRAWALS = "withdrawals", gettext_lazy("Withdrawals, yanked versions and recalls")
    REVIEWS = "reviews", gettext_lazy("Changes and reviews")
    DISCUSSIONS = "discussions", gettext_lazy("Discussions")
    STAGES = "stages", gettext_lazy("Stages and aliases")
    UPKEEP = "upkeep", gettext_lazy("Settings, names and policies")


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


class Envelope(models.Model):
    """An event that people are still to be told of: inserted with the event, removed when everybody has been told.

    ``repo_after`` and ``user_after`` say how far that has come. They move in the transaction that tells the next few,
    so a worker that dies has told each person once or not at all. ``concerns`` are the people whom the event names.
    """

    event = models.OneToOneField(AuditEvent, primary_key=True, on_delete=models.PROTECT)
    concerns = models.JSONField(default=list)
    repo_after = models.BigIntegerField(default=0)
    user_after = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at", "event"], name="envelope_due")]

    def __str__(self) -> str:
        return f"{self.event_id} is being told"


class NotificationState(models.TextChoices):
    """What somebody has done about it."""

    UNREAD = "unread"
    READ = "read"
    DONE = "done"


class Notification(models.Model):
    """The last thing that somebody was told about one matter: a thread, or a single event (``fold`` says which).

    Whether they may (still) see it is asked each time it is shown: ``is_inside`` marks what readers of the model do not
    get to see. It points at the record and repeats none of it, so what is redacted there is gone here too.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="+")
    repo = models.ForeignKey(Repo, null=True, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(null=True)
    fold = models.CharField(max_length=60)
    group = models.CharField(max_length=20, choices=Group)
    why = models.CharField(max_length=20, choices=Why)
    is_inside = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=NotificationState, default=NotificationState.UNREAD
    )
    is_for_digest = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "fold"], name="one_notification_per_matter")
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-updated_at", "-id"], name="notification_newest"),
            models.Index(
                fields=["user", "-updated_at", "-id"],
                condition=Q(state="unread"),
                name="notification_unread",
            ),
            models.Index(
                fields=["user"], condition=Q(is_for_digest=True), name="notification_for_digest"
            ),
            models.Index(fields=["updated_at"], name="notification_age"),
        ]

    def __str__(self) -> str:
        return f"{self.fold} for {self.user_id}"


class Channel(models.TextChoices):
    """How news of a group reaches somebody; mail comes beside the hub's own page."""

    HUB = "hub", gettext_lazy("In the hub")
    MAIL = "mail", gettext_lazy("Mail at once")
    DIGEST = "digest", gettext_lazy("Daily digest")
    NONE = "none", gettext_lazy("Not at all")


class Preference(models.Model):
    """The channel that somebody chose for a group of news; without a row, what ``preferences.py`` says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=20, choices=Group)
    channel = models.CharField(max_length=10, choices=Channel)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "group"], name="one_channel_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.group} to {self.user_id}: {self.channel}"


class FeedAddress(models.Model):
    """The secret address of somebody's notifications as Atom; of the secret only its digest is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed of {self.user_id}"
