"""Adding commits and moving refs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from hub.core.events import emit
from hub.core.text import storable
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_repo_right
from models_catalog.revisions.events import RefMoved, RevisionCommitted
from models_catalog.revisions.models import FileObject, GitObject, Occurrence, Ref, Revision
from models_catalog.revisions.operations import AddFile, Operation, apply
from models_catalog.revisions.queries import files_of, head_of
from models_catalog.revisions.trees import (
    FileEntry,
    RawObject,
    build_commit,
    build_trees,
    manifest_digest,
)
from models_catalog.storage.actions import hold_blobs, receive_blob

MAIN = "main"
MAX_MESSAGE = 10_000
BATCH = 500
WITHDRAWN = "This model has been withdrawn; nothing can be added to it."
PROTECTED = (
    "“main” of this model is reviewed, so nobody commits to it directly. Open a change (create_pr=True in "
    "huggingface_hub); it is merged when the review allows it."
)
FIRST_ATTRIBUTES = b"""\
*.safetensors filter=lfs diff=lfs merge=lfs -text
*.gguf filter=lfs diff=lfs merge=lfs -text
*.onnx filter=lfs diff=lfs merge=lfs -text
*.bin filter=lfs diff=lfs merge=lfs -text
*.pt filter=lfs diff=lfs merge=lfs -text
*.pth filter=lfs diff=lfs merge=lfs -text
*.h5 filter=lfs diff=lfs merge=lfs -text
*.npz filter=lfs diff=lfs merge=lfs -text
*.zip filter=lfs diff=lfs merge=lfs -text
"""


@dataclass(frozen=True, slots=True)
class Work:
    """What a commit is asked to do. ``parent`` is the commit id that the caller built on, if they said so."""

    operations: Sequence[Operation]
    message: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A commit worked out in memory: everything slow is done before the transaction begins.

    ``added`` are the files that the repo may not hold yet.
    """

    base: Revision | None
    merged: Revision | None

    commit: RawObject
    trees: Sequence[RawObject]
    files: Mapping[str, FileEntry]
    added: Sequence[FileEntry]
    digest: str
    message: str
    when: datetime


def commit(
    repo: Repo,
    *,
    ref: str,
    operations: Sequence[Operation],
    message: str,
    actor: Actor,
    parent: str | None = None,
) -> Revision:
    """Add a commit on a branch that is not protected.

    ``parent`` is the id that the caller built on; ``None`` means whatever is newest. Raises ``Conflict`` when the
    branch has moved on, ``Forbidden`` for a protected ``main``. The same commit sent again is answered with the
    revision it made the first time.
    """
    require_repo_right(repo, Right.WRITE, actor=actor)
    if repo.is_withdrawn:
        raise Gone(WITHDRAWN)
    if ref.startswith("refs/"):
        raise Forbidden(f"“{ref}” is kept by the hub. Commit to a branch, or open a change.")
    if ref == MAIN and repo.is_protected:
        raise Forbidden(PROTECTED)
    head = head_of(repo, ref)
    if head is None:
        raise NotFound(f"There is no branch called “{ref}”.")
    work = Work(operations, message, parent)
    return add_revision(repo, ref=ref, base=head, work=work, actor=actor)


def add_revision(repo: Repo, *, ref: str, base: Revision, work: Work, actor: Actor) -> Revision:
    """Add a commit on top of ``base`` and move ``ref`` to it. Callers have asked whether the actor may.

    Raises as ``plan_revision`` and ``store_draft``.
    """
    draft = plan_revision(ref=ref, base=base, work=work, actor=actor)
    if draft is None:
        return base
    return store_draft(repo, draft, ref=ref, expected=base, actor=actor)


def plan_revision(*, ref: str, base: Revision, work: Work, actor: Actor) -> Draft | None:
    """Work a commit on ``base`` out; ``None`` when it is the work that made ``base``, sent once more.

    Raises ``Conflict`` when the work's parent is not ``base``, and whatever ``prepare_revision`` raises.
    """
    if work.parent in (None, base.sha1):
        is_repeated = work.parent is None and _made(base, base, work, actor=actor)
    else:
        before = base.parent
        is_repeated = (
            before is not None
            and before.sha1 == work.parent
            and _made(base, before, work, actor=actor)
        )
        if not is_repeated:
            raise _moved(ref)
    return None if is_repeated else prepare_revision(base=base, work=work, actor=actor)


def _made(head: Revision, before: Revision, work: Work, *, actor: Actor) -> bool:
    """Whether ``head`` is what this very work on ``before`` gives."""
    if head.message != _checked(work.message) or head.author_id != actor.user_id:
        return False
    files = apply(files_of(before), work.operations, actor=actor)
    return manifest_digest(files) == head.manifest_digest


def prepare_revision(*, base: Revision | None, work: Work, actor: Actor) -> Draft:
    """Work a commit on ``base`` out without writing anything. Raises ``Invalid`` when it would change nothing."""
    before = files_of(base) if base else {}
    files = apply(before, work.operations, actor=actor)
    draft = _draft(files, before, base=base, message=_checked(work.message), actor=actor)
    if base is not None and draft.digest == base.manifest_digest:
        raise Invalid(
            "These files are in the repo already, with exactly these bytes: there is nothing to commit."
        )
    return draft


def _checked(message: str) -> str:
    message = message.strip() or "Update files"
    if len(message) > MAX_MESSAGE:
        raise Invalid(f"The message is longer than {MAX_MESSAGE} characters.", field="message")
    return storable(message) + "\n"


def _moved(ref: str) -> Conflict:
    return Conflict(f"“{ref}” has moved on since you began. Fetch what is new and commit again.")


def _draft(
    files: Mapping[str, FileEntry],
    before: Mapping[str, FileEntry],
    *,
    base: Revision | None,
    message: str,
    actor: Actor,
    merged: Revision | None = None,
) -> Draft:
    root, trees = build_trees((path, entry.sha1) for path, entry in files.items())
    when = timezone.now().replace(microsecond=0)
    made = build_commit(
        tree=root,
        parents=[parent.sha1 for parent in (base, merged) if parent is not None],
        author=_signature(actor),
        when=when,
        message=message,
    )
    return Draft(
        base=base,
        merged=merged,
        commit=made,
        trees=trees,
        files=files,
        added=[entry for path, entry in files.items() if before.get(path) != entry],
        digest=manifest_digest(files),
        message=message,
        when=when,
    )


def _signature(actor: Actor) -> str:
    """``Name <address>`` for the commit; a person's real address is nobody's business."""
    if actor.user is None:
        return "hub <hub@noreply.invalid>"
    name = "".join(c for c in actor.user.name if c.isprintable() and c not in "<>").strip()
    return f"{name or actor.user.username} <{actor.user.username}@noreply.invalid>"


@transaction.atomic
def store_draft(
    repo: Repo, draft: Draft, *, ref: str, expected: Revision | None, actor: Actor
) -> Revision:
    """Write the objects and move the ref, all or nothing.

    Raises ``Conflict`` when the ref does not stand at ``expected`` (``None``: there is no such ref yet), or when bytes
    were collected meanwhile; ``Forbidden`` and ``Gone`` when the repo was put under review or withdrawn meanwhile.
    """
    repo = Repo.objects.select_for_update(of=("self",)).select_related("namespace").get(pk=repo.pk)
    _require_open(repo, ref, is_first=expected is None)
    current = head_of(repo, ref)
    if (current and current.pk) != (expected and expected.pk):
        raise _moved(ref)
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


def _require_open(repo: Repo, ref: str, *, is_first: bool) -> None:
    """What ``commit`` asked before the work began, once more under the lock: nothing slips in while rules change."""
    if repo.is_withdrawn:
        raise Gone(WITHDRAWN)
    if ref == MAIN and repo.is_protected and not is_first:
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


def draft_merge(
    *, base: Revision, ours: Revision, theirs: Revision, message: str, actor: Actor
) -> Draft:
    """Bring ``ours`` (a change) up to date with ``theirs`` (main), both grown from ``base``.

    Raises ``Conflict`` naming the paths that both changed in different ways.
    """
    before, mine, other = files_of(base), files_of(ours), files_of(theirs)
    result = dict(mine)
    clashes = []
    for path in sorted(before.keys() | other.keys() | mine.keys()):
        was, here, there = (_sha(files, path) for files in (before, mine, other))
        if there in (was, here):
            continue
        if here != was:
            clashes.append(path)
        elif path in other:
            result[path] = other[path]
        else:
            result.pop(path, None)
    if clashes:
        shown = ", ".join(clashes[:5]) + (
            f" and {len(clashes) - 5} more" if len(clashes) > 5 else ""
        )
        raise Conflict(
            f"“main” has changed the same files meanwhile: {shown}. Upload them again on top of “main”."
        )
    return _draft(result, result, base=ours, merged=theirs, message=message + "\n", actor=actor)


def _sha(files: Mapping[str, FileEntry], path: str) -> str | None:
    return files[path].sha256 if path in files else None


def start_history(repo: Repo, *, actor: Actor) -> Revision:
    """Make the first commit of a new repo: a ``.gitattributes`` that keeps weights out of git's own objects."""
    blob = receive_blob([FIRST_ATTRIBUTES], actor=actor)
    work = Work([AddFile(".gitattributes", blob.sha256)], "initial commit")
    draft = prepare_revision(base=None, work=work, actor=actor)
    return store_draft(repo, draft, ref=MAIN, expected=None, actor=actor)


@transaction.atomic
def move_ref(repo: Repo, *, ref: str, expected: Revision, target: Revision, actor: Actor) -> None:
    """Move a ref from ``expected`` to an existing revision. Callers have asked the gate.

    Raises ``Conflict`` when the ref stands elsewhere by now.
    """
    moved = Ref.objects.filter(repo=repo, name=ref, revision=expected).update(
        revision=target, updated_at=timezone.now()
    )
    if not moved:
        raise _moved(ref)
    Repo.objects.filter(pk=repo.pk).update(updated_at=timezone.now())
    emit(RefMoved(actor=actor, repo=repo, ref=ref, old_sha1=expected.sha1, new_sha1=target.sha1))
