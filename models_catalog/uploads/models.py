"""Uploads on their way to a commit: what a browser has sent so far, and what is still missing."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from models_catalog.repos.models import Repo
from models_catalog.storage.models import Blob


class Upload(models.Model):
    """A folder's worth of files that somebody is sending to one repo; it ends as one commit.

    ``revision_sha1`` is set once it is committed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    change_number = models.PositiveIntegerField(null=True)
    revision_sha1 = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["touched_at"], name="upload_touched")]

    def __str__(self) -> str:
        return str(self.public_id)


class UploadFile(models.Model):
    """One file of an upload: a tus resource (tus.io 1.0.0).

    The staging file's length is the true offset; ``blob`` is set when the last byte has arrived and been hashed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=1024)
    size = models.BigIntegerField()
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "path"], name="one_file_per_path")
        ]

    def __str__(self) -> str:
        return self.path
