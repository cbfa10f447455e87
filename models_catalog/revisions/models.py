"""Git-shaped history in the database: objects, revisions, refs."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from models_catalog.repos.models import Repo
from models_catalog.storage.models import Blob, Verdict


class GitObject(models.Model):
    """A commit or tree object of one repo, as git would store it; files' bytes are blobs."""

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="git_objects")
    sha1 = models.CharField(max_length=40)
    kind = models.CharField(max_length=6, choices=[("commit", "commit"), ("tree", "tree")])
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "sha1"], name="one_git_object_per_repo")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha1}"


class FileObject(models.Model):
    """What a file id in a tree stands for: the blob itself, or through an LFS pointer."""

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="file_objects")
    sha1 = models.CharField(max_length=40)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="file_objects")
    is_lfs = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "sha1"], name="one_file_object_per_repo")
        ]

    def __str__(self) -> str:
        return self.sha1


class Revision(models.Model):
    """An immutable commit. ``sha1`` is the real git id; ``manifest_digest`` the SHA-256 that approvals bind to.

    ``context_ruleset`` is empty until the context verdicts of its paths are written.
    """

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="revisions")
    sha1 = models.CharField(max_length=40)
    tree_sha1 = models.CharField(max_length=40)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    merged_parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    message = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    manifest_digest = models.CharField(max_length=64)
    file_count = models.PositiveIntegerField()
    total_size = models.BigIntegerField()
    context_ruleset = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "sha1"], name="one_revision_per_repo")
        ]
        indexes: ClassVar = [
            models.Index(fields=["repo", "-created_at", "-id"], name="revision_newest")
        ]

    def __str__(self) -> str:
        return self.sha1


class PathVerdict(models.Model):
    """A context verdict that is worse than safe: what a path's name and neighbours say about it."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="path_verdicts")
    path = models.CharField(max_length=1024)
    verdict = models.CharField(max_length=12, choices=Verdict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "path"], name="one_verdict_per_path")
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.verdict}"


class Ref(models.Model):
    """A moving name for a revision: ``main``, another branch, ``refs/tags/…`` or ``refs/pr/N``."""

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="refs")
    name = models.CharField(max_length=250)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="refs")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "name"], name="one_ref_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Occurrence(models.Model):
    """Where a blob occurs: the answer for quarantine, collection and duplicates."""

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="occurrences")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="occurrences")
    path = models.CharField(max_length=1024)
    first_revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "path", "blob"], name="one_occurrence")
        ]

    def __str__(self) -> str:
        return self.path
