"""Beginning an upload, throwing it away, forgetting the ones nobody came back to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_means
from hub.core.actor import Actor
from hub.core.errors import Conflict
from hub.core.events import emit
from models_catalog.changes.queries import OPEN_STATES, get_change
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_active, require_repo_right
from models_catalog.storage import staging
from models_catalog.uploads.events import UploadDiscarded, UploadExpired, UploadStarted
from models_catalog.uploads.models import Upload, UploadFile
from models_catalog.uploads.queries import open_uploads

MAX_OPEN = 50
BATCH = 500


@transaction.atomic
def start_upload(repo: Repo, *, change_number: int | None = None, actor: Actor) -> Upload:
    """Begin to send files that will become one commit: on ``main``, in a new change, or in change ``change_number``.

    Raises ``Conflict`` when the change is closed or the person has ``MAX_OPEN`` unfinished uploads here.
    """
    require_repo_right(repo, Right.WRITE, actor=actor)
    require_active(repo, actor=actor)
    if change_number is not None:
        require_open_change(repo, change_number, actor=actor)
    if open_uploads(repo, actor=actor).count() >= MAX_OPEN:
        raise Conflict(
            _(
                "You have {max_open} unfinished uploads to this model. Finish one or throw one away, "
                "then begin another."
            ).format(max_open=MAX_OPEN)
        )
    assert actor.user is not None
    upload = Upload.objects.create(repo=repo, user=actor.user, change_number=change_number)
    emit(UploadStarted(actor=actor, repo=repo, upload=str(upload.public_id)))
    return upload


def require_open_change(repo: Repo, number: int, *, actor: Actor) -> None:
    """Raise ``NotFound`` for no such change, ``Conflict`` for one that takes no more commits."""
    if get_change(repo, number, actor=actor).discussion.state not in OPEN_STATES:
        raise Conflict(_("This change has been merged or closed already. Begin a new one."))


@transaction.atomic
def discard_upload(upload: Upload, *, actor: Actor) -> None:
    """Throw an unfinished upload away with everything that arrived. Raises ``Conflict`` when it is committed.

    Also who may no longer write to the model tidies up after themselves, but no token that may only read does.
    """
    repo = upload.repo
    require_means(actor, Right.WRITE, namespace_id=repo.namespace_id, repo_id=repo.pk)
    if upload.revision_sha1:
        raise Conflict(_("This upload has been committed; its files are in the model."))
    emit(UploadDiscarded(actor=actor, repo=upload.repo, upload=str(upload.public_id)))
    _delete(upload)


def expire_uploads(*, actor: Actor) -> int:
    """Remove uploads that nobody touched for ``settings.UPLOAD_EXPIRY``, with their bytes; answers how many.

    Committed ones go too: their files are in the model, and the list of them is kept no longer than others. So do
    bytes in staging that belong to no upload (a request that was killed half-way).
    """
    before = timezone.now() - settings.UPLOAD_EXPIRY
    stale = (
        Upload.objects.filter(touched_at__lt=before)
        .order_by("touched_at")
        .values_list("pk", flat=True)
    )
    count = sum(_expire(pk, before, actor=actor) for pk in list(stale[:BATCH]))
    _sweep(before)
    return count


@transaction.atomic
def _expire(pk: int, before: datetime, *, actor: Actor) -> bool:
    upload = (
        Upload.objects.select_for_update(
            of=("self",)
        )  # against a block that arrives at this very moment
        .select_related("repo__namespace")
        .filter(pk=pk, touched_at__lt=before)
        .first()
    )
    if upload is None:
        return False
    if not upload.revision_sha1:
        emit(UploadExpired(actor=actor, repo=upload.repo, upload=str(upload.public_id)))
    _delete(upload)
    return True


def _delete(upload: Upload) -> None:
    names = [str(public_id) for public_id in upload.files.values_list("public_id", flat=True)]
    upload.delete()
    transaction.on_commit(lambda: _discard(names))


def _discard(names: Iterable[str]) -> None:
    for name in names:
        staging.discard(name)


def _sweep(before: datetime) -> None:
    names = list(staging.untouched_since(before))
    for start in range(0, len(names), BATCH):
        some = names[start : start + BATCH]
        ids = [found for found in map(_as_id, some) if found is not None]
        alive = {
            str(pk)
            for pk in UploadFile.objects.filter(public_id__in=ids).values_list(
                "public_id", flat=True
            )
        }
        _discard(name for name in some if name not in alive)


def _as_id(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(name)
    except ValueError:
        return None
