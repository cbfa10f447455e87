"""The files of an upload: announced, received block by block, finished, removed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid, TooLarge
from models_catalog.repos.queries import require_active, require_repo_right
from models_catalog.revisions.paths import check_path
from models_catalog.storage import staging
from models_catalog.storage.actions import receive_staged
from models_catalog.uploads.junk import is_junk
from models_catalog.uploads.models import Upload, UploadFile
from models_catalog.uploads.queries import offset_of, upload_files

MAX_FILES = 2000


def announce_file(
    upload: Upload, *, path: str, size: int, actor: Actor, public_id: uuid.UUID | None = None
) -> UploadFile:
    """Make room for a file of ``size`` bytes at ``path``.

    The same path and size again is the same file, so that sending goes on where it stopped; with another size, or
    with a ``public_id`` under which bytes lie in staging already, the new file takes the place of the old one.
    Raises ``Invalid`` for a bad path, ``TooLarge`` for too many bytes or files, ``Conflict`` once it is committed.
    """
    path = _checked(upload, path, size, actor=actor)
    known = upload.files.select_related("blob").filter(path=path).first()
    if known is not None and known.size == size and public_id is None:
        return known
    if known is None and upload.files.count() >= MAX_FILES:
        raise TooLarge(
            _(
                "An upload takes {max_files:,} files. Commit these and send the rest in a second one."
            ).format(max_files=MAX_FILES)
        )
    try:
        with transaction.atomic():
            if known is not None:
                _drop(known)
            file = UploadFile.objects.create(
                upload=upload, path=path, size=size, public_id=public_id or uuid.uuid4()
            )
            _touch(upload)
    except IntegrityError as error:
        raise Conflict(
            _("“{path}” is being sent by another window just now.").format(path=path)
        ) from error
    if size == 0:
        staging.append(str(file.public_id), offset=0, chunks=(), limit=0)
        return finish_file(file, actor=actor)
    return file


def _checked(upload: Upload, path: str, size: int, *, actor: Actor) -> str:
    _require_sending(upload, actor=actor)
    path = check_path(path)
    if is_junk(path):
        raise Invalid(
            _("“{path}” is a hidden file of the system or of a tool, so it is left out.").format(
                path=path
            ),
            field="path",
        )
    if size < 0:
        raise Invalid(_("A file cannot have fewer than 0 bytes."))
    if size > settings.MAX_FILE_BYTES:
        raise TooLarge(
            _(
                "“{path}” has {size:,} bytes; this hub takes {max_file_bytes:,} for one file."
            ).format(path=path, size=size, max_file_bytes=settings.MAX_FILE_BYTES)
        )
    return path


def receive_block(
    file: UploadFile, *, offset: int, chunks: Iterable[bytes], actor: Actor
) -> UploadFile:
    """Append bytes at ``offset``; with the last one the file becomes a blob.

    What arrived before the sender broke off or an error occurred is kept. Raises ``Conflict`` for a wrong offset,
    ``TooLarge`` for more bytes than announced, and what ``finish_file`` raises.
    """
    _require_sending(file.upload, actor=actor)
    if file.blob_id is not None:
        raise Conflict(_("This file has arrived in full already."))
    arrived = staging.append(str(file.public_id), offset=offset, chunks=chunks, limit=file.size)
    _touch(file.upload)
    return finish_file(file, actor=actor) if arrived == file.size else file


def finish_file(file: UploadFile, *, actor: Actor) -> UploadFile:
    """Make a blob of a file whose last byte is here; a file that is one already, or is incomplete, is left alone.

    Also mends what a crash between the last byte and the blob left behind. Raises ``Blocked`` for bytes that are in
    quarantine.
    """
    if file.blob_id is not None or offset_of(file) != file.size:
        return file
    try:
        blob = receive_staged(str(file.public_id), actor=actor, expected_size=file.size)
    except FileNotFoundError:
        return _finished_by_another(file)
    UploadFile.objects.filter(pk=file.pk).update(blob=blob)
    file.blob = blob
    return file


def _finished_by_another(file: UploadFile) -> UploadFile:
    """Two requests finish the same file, and the other one has moved its bytes into place."""
    finished = upload_files(file.upload).filter(pk=file.pk, blob__isnull=False).first()
    if finished is None:
        raise Conflict(_("Another request is finishing this file. Ask again in a moment."))
    return finished


@transaction.atomic
def remove_file(file: UploadFile, *, actor: Actor) -> None:
    """Take a file out of an upload that is not committed; what arrived of it is thrown away."""
    _require_sending(file.upload, actor=actor)
    _drop(file)
    _touch(file.upload)


def _drop(file: UploadFile) -> None:
    name = str(file.public_id)
    file.delete()
    transaction.on_commit(lambda: staging.discard(name))


def _require_sending(upload: Upload, *, actor: Actor) -> None:
    require_repo_right(upload.repo, Right.WRITE, actor=actor)
    require_active(upload.repo, actor=actor)
    if upload.revision_sha1:
        raise Conflict(
            _("This upload has been committed already. Begin another one for more files.")
        )


def _touch(upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now())
