"""Whether every git object is what its id says, and every file of a tree stands for the right bytes."""

from __future__ import annotations

from collections.abc import Iterator

from models_catalog.integrity.batches import by_id
from models_catalog.integrity.findings import Finding, Tally, name_of, problem
from models_catalog.revisions.models import FileObject, GitObject
from models_catalog.revisions.trees import check_id, pointer_sha1
from models_catalog.storage.models import BlobState

BACKUP = "Restore the database from a backup"
FEW = 50  # trees can be large


def check_git_objects(tally: Tally) -> Iterator[Finding]:
    """Every commit and tree: its id is the SHA-1 of its data."""
    rows = GitObject.objects.select_related("repo__namespace")
    for row in by_id(rows, size=FEW):
        tally.count_object()
        if not check_id(row.sha1, row.kind, bytes(row.data)):
            where = f"{row.kind} {row.sha1} of {name_of(row.repo)}"
            yield problem(where, "its data does not have this id", BACKUP)


def check_file_objects(tally: Tally) -> Iterator[Finding]:
    """Every file id: it is the one git gives the blob, or the blob's pointer; and the blob's bytes are kept."""
    for row in by_id(FileObject.objects.select_related("blob", "repo__namespace")):
        tally.count_object()
        blob = row.blob
        where = f"file {row.sha1} of {name_of(row.repo)}"
        right = pointer_sha1(blob.sha256, blob.size) if row.is_lfs else blob.git_sha1
        if row.sha1 != right:
            kind = "the pointer to it" if row.is_lfs else "it"
            what = f"it stands for blob {blob.sha256}, but git names {kind} {right or 'nothing'}"
            yield problem(where, what, BACKUP)
        if blob.state == BlobState.DELETED:
            what = f"the bytes of blob {blob.sha256} have been deleted"
            yield problem(where, what, "Send exactly this file once more")
