"""Ending an upload: one commit of everything it holds."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.attempts import remembers_attempts
from hub.core.errors import Invalid
from models_catalog.changes.actions import add_to_change, open_change
from models_catalog.changes.queries import get_change
from models_catalog.repos.queries import require_active, require_repo_right
from models_catalog.revisions.actions import MAIN, commit
from models_catalog.revisions.operations import AddFile
from models_catalog.uploads.actions.files import finish_file
from models_catalog.uploads.models import Upload
from models_catalog.uploads.queries import first_paths, upload_files, upload_totals


@remembers_attempts
def commit_upload(
    upload: Upload, *, title: str = "", description: str = "", actor: Actor
) -> Upload:
    """Commit the files: to the upload's change, else to a new change of a reviewed repo, else to ``main``.

    A second time changes nothing and answers the same. An empty ``title`` becomes ``suggested_title``. Raises
    ``Invalid`` while files are missing or when they change nothing, and whatever a commit may raise.
    """
    if upload.revision_sha1:
        return upload
    require_repo_right(upload.repo, Right.WRITE, actor=actor)
    require_active(upload.repo, actor=actor)
    for file in upload_files(upload).filter(blob=None):
        finish_file(file, actor=actor)
    with transaction.atomic():
        # the row lock lets the second of two clicks wait for the first and see what it did
        upload = (
            Upload.objects.select_for_update(of=("self",))
            .select_related("repo__namespace")
            .get(pk=upload.pk)
        )
        if not upload.revision_sha1:
            _commit(
                upload,
                title=title.strip() or suggested_title(upload),
                description=description,
                actor=actor,
            )
            upload.save(update_fields=["revision_sha1", "change_number"])
    return upload


def suggested_title(upload: Upload) -> str:
    """What the commit does in a few words: ``Add config.json and 3 other files``."""
    names = [path.rpartition("/")[2] for path in first_paths(upload, 2)]
    others = upload_totals(upload).files - 1
    if not names:
        return "Add files"
    first = names[0] if len(names[0]) <= 80 else f"{names[0][:79]}…"
    if others < 1:
        return f"Add {first}"
    return f"Add {first} and {names[1][:80] if others == 1 else f'{others} other files'}"


def _commit(upload: Upload, *, title: str, description: str, actor: Actor) -> None:
    operations = _operations(upload)
    message = f"{title}\n\n{description.strip()}".strip()
    if upload.change_number is not None:
        change = get_change(upload.repo, upload.change_number, actor=actor)
        revision = add_to_change(change, operations=operations, message=message, actor=actor)
    elif upload.repo.is_protected:
        change = open_change(
            upload.repo,
            operations=operations,
            title=title,
            description=description.strip(),
            actor=actor,
        )
        upload.change_number, revision = change.discussion.number, change.head
    else:
        revision = commit(
            upload.repo, ref=MAIN, operations=operations, message=message, actor=actor
        )
    upload.revision_sha1 = revision.sha1


def _operations(upload: Upload) -> list[AddFile]:
    missing = upload.files.filter(blob=None).count()
    if missing:
        files = "1 file is" if missing == 1 else f"{missing} files are"
        raise Invalid(
            f"{files} still on the way. Choose the same files again to send the rest, or remove them."
        )
    found = upload_files(upload).values_list("path", "blob__sha256")
    if not found:
        raise Invalid(_("There is nothing to commit: choose files first."))
    return [AddFile(path, sha256) for path, sha256 in found if sha256]
