"""Reading uploads. They are their sender's alone: for everybody else they do not exist."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import limited
from hub.core.actor import Actor
from hub.core.errors import NotFound
from models_catalog.repos.models import Repo
from models_catalog.storage import staging
from models_catalog.storage.queries import open_blob
from models_catalog.uploads.models import Upload, UploadFile
from models_catalog.uploads.samples import sample_of

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Totals:
    """How much an upload holds: files and their announced bytes, and how many have arrived in full."""

    files: int
    size: int
    received: int

    @property
    def missing(self) -> int:
        """How many files are still on their way."""
        return self.files - self.received


def get_upload(repo: Repo, public_id: uuid.UUID, *, actor: Actor) -> Upload:
    """One's own upload to this repo. Raises ``NotFound``, the same for somebody else's and for a token that counts elsewhere."""
    counts = limited({Right.READ}, actor, namespace_id=repo.namespace_id, repo_id=repo.pk)
    found = (
        Upload.objects.select_related("repo__namespace")
        .filter(repo=repo, public_id=public_id, user_id=actor.user_id or 0)
        .first()
    )
    if found is None or not counts:
        raise NotFound(
            _("There is no upload at this address. Unfinished uploads are removed after some days.")
        )
    return found


def get_upload_file(upload: Upload, public_id: uuid.UUID) -> UploadFile:
    """One file of an upload. Raises ``NotFound``."""
    found = upload.files.select_related("blob").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such file in this upload."))
    return found


def get_upload_at(upload: Upload, path: str) -> UploadFile:
    """The file that an upload holds for a path. Raises ``NotFound``."""
    found = upload.files.select_related("blob").filter(path=path).first()
    if found is None:
        raise NotFound(_("There is no such file in this upload."))
    return found


def unfinished_uploads(repo: Repo, *, actor: Actor) -> Sequence[Upload]:
    """One's own uploads to this repo that hold files and are not committed, newest first, at most ``SHOWN``.

    Each row carries ``file_count`` and ``received_count``.
    """
    return list(
        open_uploads(repo, actor=actor)
        .annotate(file_count=Count("files"), received_count=Count("files__blob"))
        .filter(file_count__gt=0)
        .order_by("-touched_at", "-id")[:SHOWN]
    )


def open_uploads(repo: Repo, *, actor: Actor) -> QuerySet[Upload]:
    """All of one's own uploads to this repo that are not committed."""
    return Upload.objects.filter(repo=repo, user_id=actor.user_id or 0, revision_sha1="")


def upload_files(upload: Upload) -> QuerySet[UploadFile]:
    """The files of an upload with their blobs, by path."""
    return upload.files.select_related("blob").order_by("path")


def upload_totals(upload: Upload) -> Totals:
    """Counts and bytes, in one query."""
    found = upload.files.aggregate(
        files=Count("id"), size=Sum("size"), received=Count("id", filter=Q(blob__isnull=False))
    )
    return Totals(files=found["files"], size=found["size"] or 0, received=found["received"])


def first_paths(upload: Upload, limit: int) -> Sequence[str]:
    """Some of the files' paths, in order."""
    return list(upload.files.order_by("path").values_list("path", flat=True)[:limit])


def offset_of(file: UploadFile) -> int:
    """How many bytes have arrived: what lies on the disk, not what a database remembers."""
    return file.size if file.blob_id else staging.staged_size(str(file.public_id))


def arrived_sample(file: UploadFile) -> str:
    """The sample (see ``samples``) of what has arrived."""
    length = offset_of(file)
    if file.blob is not None:
        with open_blob(file.blob) as bytes_stored:
            return sample_of(bytes_stored, length)
    with staging.staged_path(str(file.public_id)).open("rb") as bytes_staged:
        return sample_of(bytes_staged, length)
