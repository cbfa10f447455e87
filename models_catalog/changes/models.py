"""Discussions and changes: numbered threads of a repo, one numbering for all kinds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.versions.models import Version


class DiscussionState(models.TextChoices):
    """Where a thread stands; plain discussions are only open or closed, requests open, granted or closed."""

    DRAFT = "draft"
    OPEN = "open"
    MERGED = "merged"
    GRANTED = "granted"
    CLOSED = "closed"


class Discussion(models.Model):
    """Thread ``number`` of a repo. One that proposes to move ``main`` has a ``change``.

    ``is_request`` marks one that asks people for something else; whoever keeps the request moves its state.
    """

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="discussions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=DiscussionState, default=DiscussionState.OPEN)
    is_request = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "number"], name="one_thread_per_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["repo", "state", "-number"], name="thread_by_state")
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.title}"


class Change(models.Model):
    """A proposal to move ``main`` to ``head``; its ref is ``refs/pr/N``. ``base`` is where it branched off."""

    discussion = models.OneToOneField(Discussion, on_delete=models.CASCADE, related_name="change")
    base = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="change")
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.discussion)

    @property
    def repo(self) -> Repo:
        """The repo it belongs to; the discussion should have been fetched with the row."""
        return self.discussion.repo

    @property
    def ref_name(self) -> str:
        """The ref that holds its head, as the Hugging Face client names it."""
        return f"refs/pr/{self.discussion.number}"


class Comment(models.Model):
    """Something said in a thread, or (``kind`` ≠ comment) something that happened in it."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=20, default="comment")
    body = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["discussion", "id"], name="comment_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.discussion_id}"
