"""Writing what was worked out, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from hub.core.actor import Actor
from hub.core.attempts import attempting
from hub.core.errors import Conflict, Forbidden
from hub.core.events import emit
from models_catalog.repos.attempts import attempt_on
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import hold_repo, require_active
from models_catalog.revisions.actions.drafts import Draft
from models_catalog.revisions.actions.rules import MAIN, PROTECTED, overtaken
from models_catalog.revisions.events import RevisionCommitted
from models_catalog.revisions.models import FileObject, GitObject, Occurrence, Ref, Revision
from models_catalog.revisions.queries import head_of
from models_catalog.revisions.trees import (
    FileEntry,
)
from models_catalog.storage.actions import hold_blobs

BATCH = 500


@transaction.atomic
def store_draft(
    repo: Repo, draft: Draft, *, ref: str, expected: Revision | None, actor: Actor
) -> Revision:
    """Write the objects and move the ref, all or nothing.

    Raises ``Conflict`` when the ref does not stand at ``expected`` (``None``: there is no such ref yet), or when bytes
    were collected meanwhile; ``Forbidden`` when the repo was put under review meanwhile, and as ``require_active``.
    """
    repo = hold_repo(repo)
    _require_open(repo, ref, is_first=expected is None, actor=actor)
    current = head_of(repo, ref)
    if (current and current.pk) != (expected and expected.pk):
        raise overtaken(ref)
    GitObject.objects.bulk_create(
        [
            GitObject(repo=repo, sha1=o.sha1, kind=o.kind, data=o.data)
            for o in (*draft.trees, draft.commit)
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    FileObject.objects.bulk_create(
        [
            FileObject(repo=repo, sha1=e.sha1, blob_id=e.blob_id, is_lfs=e.is_lfs)
            for e in draft.added
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    _require_kept(repo, draft.added)
    revision, _ = Revision.objects.get_or_create(  # the same second, person and work: the same id
        repo=repo,
        sha1=draft.commit.sha1,
        defaults={
            "tree_sha1": draft.trees[0].sha1,
            "parent": draft.base,
            "merged_parent": draft.merged,
            "message": draft.message,
            "author": actor.user,
            "manifest_digest": draft.digest,
            "file_count": len(draft.files),
            "total_size": sum(entry.size for entry in draft.files.values()),
            "created_at": draft.when,
        },
    )
    Occurrence.objects.bulk_create(
        [
            Occurrence(repo=repo, path=e.path, blob_id=e.blob_id, first_revision=revision)
            for e in draft.added
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    Ref.objects.update_or_create(repo=repo, name=ref, defaults={"revision": revision})
    Repo.objects.filter(pk=repo.pk).update(updated_at=timezone.now())
    emit(
        RevisionCommitted(
            actor=actor,
            repo=repo,
            revision=revision,
            ref=ref,
            sha1=revision.sha1,
            manifest_digest=draft.digest,
        )
    )
    return revision


def _require_open(repo: Repo, ref: str, *, is_first: bool, actor: Actor) -> None:
    """What ``commit`` asked before the work began, once more under the lock: nothing slips in while rules change."""
    require_active(repo, actor=actor)
    if ref == MAIN and repo.is_protected and not is_first:
        with attempting(attempt_on(repo, MAIN, actor=actor)):
            raise Forbidden(PROTECTED)


def _require_kept(repo: Repo, added: Sequence[FileEntry]) -> None:
    """Refuse files whose bytes were collected since the work began, or whose id stands for other bytes already."""
    for start in range(0, len(added), BATCH):
        some = added[start : start + BATCH]
        kept = hold_blobs([entry.blob_id for entry in some])
        rows = FileObject.objects.filter(repo=repo, sha1__in=[entry.sha1 for entry in some])
        meant = dict(rows.values_list("sha1", "blob_id"))
        for entry in some:
            if entry.blob_id not in kept:
                raise Conflict(
                    f"The bytes of “{entry.path}” were removed meanwhile, because nothing used them. Upload the file "
                    "again, then commit again."
                )
            if meant[entry.sha1] != entry.blob_id:
                raise Conflict(
                    f"“{entry.path}” has the git id of another file of this model, but not its bytes. The hub keeps "
                    "only one of two such files."
                )
