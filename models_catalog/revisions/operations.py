"""What a commit may do to files, applied to the files of its parent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.errors import Forbidden, Gone, Invalid
from models_catalog.repos.models import Repo
from models_catalog.revisions.attributes import Attributes
from models_catalog.revisions.models import Occurrence
from models_catalog.revisions.paths import check_path, check_tree, folders_above
from models_catalog.revisions.trees import LFS_SPEC, FileEntry, pointer_sha1
from models_catalog.storage.models import CLEARED, Blob, BlobReceipt, BlobState, Verdict
from models_catalog.storage.queries import read_small

MAX_OPERATIONS = 100_000
_ATTRIBUTES = ".gitattributes"
_ATTRIBUTES_LIMIT = 256 * 1024
_POINTER_LIMIT = 1024


@dataclass(frozen=True, slots=True)
class AddFile:
    """Put the blob at the path, whether or not a file is there."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DeleteFile:
    """Take the file away. A path that does not exist is refused."""

    path: str


@dataclass(frozen=True, slots=True)
class DeleteFolder:
    """Take the folder and everything in it away."""

    path: str


Operation = AddFile | DeleteFile | DeleteFolder


def apply(
    files: Mapping[str, FileEntry], operations: Sequence[Operation], *, actor: Actor
) -> dict[str, FileEntry]:
    """The files after the operations.

    Raises ``Invalid`` for bad paths and for deletions of nothing, ``Forbidden`` for a digest whose bytes the actor
    neither sent nor may read.
    """
    if not operations:
        raise Invalid(_("There is nothing to commit: choose files to add or remove."))
    if len(operations) > MAX_OPERATIONS:
        raise Invalid(
            _("A commit takes {max_operations} operations at most; split it.").format(
                max_operations=MAX_OPERATIONS
            )
        )
    result = _without(files, [op for op in operations if not isinstance(op, AddFile)])
    additions = {
        check_path(op.path): op.sha256.lower() for op in operations if isinstance(op, AddFile)
    }
    blobs = _possessed(set(additions.values()), actor)
    attributes = _attributes(additions, blobs, result)
    for path, sha256 in additions.items():
        result[path] = _entry(path, blobs[sha256], attributes)
    check_tree(result)
    return result


def _without(
    files: Mapping[str, FileEntry], deletions: Sequence[DeleteFile | DeleteFolder]
) -> dict[str, FileEntry]:
    """The files less what is deleted: one pass over them, however many folders go. Raises ``Invalid``."""
    single = {op.path.strip("/") for op in deletions if isinstance(op, DeleteFile)}
    folders = {op.path.strip("/") for op in deletions if isinstance(op, DeleteFolder)}
    result: dict[str, FileEntry] = {}
    emptied: set[str] = set()
    for path, entry in files.items():
        above = folders.intersection(folders_above(path)) if folders else ()
        emptied.update(above)
        if not above and path not in single:
            result[path] = entry
    nowhere = (single - files.keys()) | (folders - emptied)
    if nowhere:
        raise Invalid(
            _("There is nothing at “{path}” to delete.").format(path=min(nowhere)), field="path"
        )
    return result


def _possessed(digests: set[str], actor: Actor) -> dict[str, Blob]:
    """The blobs that the actor has sent, or may fetch somewhere; knowing a digest is not enough."""
    found: dict[str, Blob] = {}
    wanted = sorted(digests)
    for start in range(0, len(wanted), 500):
        known = Blob.objects.filter(sha256__in=wanted[start : start + 500])
        allowed = known.exclude(state=BlobState.DELETED).filter(_within_reach(actor))
        found.update((blob.sha256, blob) for blob in allowed)
    for blob in found.values():
        if blob.recall:
            raise Gone(blob.recall)
    missing = digests - found.keys()
    if missing:
        raise Forbidden(
            _(
                "The hub has not received the bytes of SHA-256 {sha256} from you. Upload the file first."
            ).format(sha256=min(missing))
        )
    return found


def _within_reach(actor: Actor) -> Q:
    """Blobs whose bytes the actor has, or could have for the asking: the three questions of downloads, as a condition.

    A reviewed model proves nothing to its readers: what it holds may be in a change that they do not see. Nor does a
    gated one, whose digests everybody reads on its page, nor a revision that was withdrawn as a version.
    """
    if actor.is_system:
        return Q()
    if actor.user is None:
        return Q(pk__in=())
    occurs = Occurrence.objects.filter(blob=OuterRef("pk"))
    worked_on = occurs.filter(repo__in=Repo.objects.worked_on_by(actor))
    readable = occurs.filter(repo__in=Repo.objects.handed_out_to(actor)).exclude(
        first_revision__versions__state="withdrawn"  # versions stand above this slice
    )
    return (
        Exists(BlobReceipt.objects.filter(blob=OuterRef("pk"), user=actor.user))
        | (Exists(worked_on) & ~Q(verdict=Verdict.DANGEROUS))
        | (Exists(readable) & Q(verdict__in=CLEARED))
    )


def _attributes(
    additions: Mapping[str, str], blobs: Mapping[str, Blob], files: Mapping[str, FileEntry]
) -> Attributes:
    """The rules of the root ``.gitattributes`` after the commit; one that is too large counts as empty."""
    blob: Blob | None = None
    if _ATTRIBUTES in additions:
        blob = blobs[additions[_ATTRIBUTES]]
    elif _ATTRIBUTES in files:
        blob = Blob.objects.get(pk=files[_ATTRIBUTES].blob_id)
    return Attributes((read_small(blob, limit=_ATTRIBUTES_LIMIT) if blob else None) or b"")


def _entry(path: str, blob: Blob, attributes: Attributes) -> FileEntry:
    """The tree entry of an added file: itself, or a pointer when it is large or the rules say so."""
    is_lfs = not blob.git_sha1 or attributes.is_large(path)
    if not is_lfs and blob.size < _POINTER_LIMIT:
        _refuse_pointer(path, blob)
    sha1 = pointer_sha1(blob.sha256, blob.size) if is_lfs else blob.git_sha1
    return FileEntry(
        path=path, sha1=sha1, blob_id=blob.pk, sha256=blob.sha256, size=blob.size, is_lfs=is_lfs
    )


def _refuse_pointer(path: str, blob: Blob) -> None:
    """A pointer stored as text would have the same git id as the file it points at: two meanings for one id."""
    text = read_small(blob, limit=_POINTER_LIMIT) or b""
    if text.startswith(f"version {LFS_SPEC}".encode()):
        raise Invalid(
            _(
                "“{path}” is a Git LFS pointer, not the file itself. Run “git lfs pull” and upload what "
                "it fetches."
            ).format(path=path),
            field="path",
        )
