"""Whether the bytes of every blob lie where they should and are what they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from models_catalog.integrity.batches import by_id
from models_catalog.integrity.findings import Finding, Kind, Tally, leftover, name_of, problem
from models_catalog.revisions.models import Occurrence
from models_catalog.storage.models import Blob, BlobState
from models_catalog.storage.places import blob_key, other_key, settle
from models_catalog.storage.queries import open_blob
from models_catalog.storage.store import store

CHUNK = 2**20
RESTORE = "Restore the object from a backup, or send exactly this file once more"
REPAIR = "Run fsck --repair, which moves it"


def check_blobs(tally: Tally, *, is_quick: bool, repairs: bool) -> Iterator[Finding]:
    """Every stored or quarantined blob: its place, its size and, unless ``is_quick``, its digests.

    With ``repairs``, bytes under a key that a change of state should have moved them from are moved.
    """
    for blob in by_id(Blob.objects.exclude(state=BlobState.DELETED)):
        tally.count_blob()
        if _examine(blob, tally, is_quick=is_quick):
            yield from _second_look(blob, is_quick=is_quick, repairs=repairs)


def _second_look(blob: Blob, *, is_quick: bool, repairs: bool) -> Iterator[Finding]:
    """A hub at work moves and deletes bytes meanwhile: only what a second look confirms is said."""
    if repairs and settle(blob.pk):
        what = "its bytes lay where they no longer belong"
        yield Finding(Kind.REPAIRED, _where(blob), what, "They were moved")
    blob = Blob.objects.get(pk=blob.pk)
    if blob.state != BlobState.DELETED:
        yield from _examine(blob, Tally(), is_quick=is_quick)


def _examine(blob: Blob, tally: Tally, *, is_quick: bool) -> list[Finding]:
    here, there = store().look(blob_key(blob)), store().look(other_key(blob))
    lying = here or there
    if lying is None:
        return [problem(_where(blob), f"there are no bytes at {blob_key(blob)}", RESTORE)]
    found = []
    if there is not None:
        found.append(_misplaced(blob, is_copy=here is not None))
    if lying.size != blob.size:
        what = f"{lying.key} has {lying.size} bytes, not {blob.size}"
        return [*found, problem(_where(blob), what, RESTORE)]
    if is_quick:
        tally.count_bytes(blob.size)
        return found
    return found + _damaged(blob, tally)


def _misplaced(blob: Blob, *, is_copy: bool) -> Finding:
    if blob.state == BlobState.QUARANTINED:
        return problem(
            _where(blob), f"dangerous bytes lie within reach at {other_key(blob)}", REPAIR
        )
    if is_copy:
        return leftover(_where(blob), f"a second copy lies at {other_key(blob)}", REPAIR)
    what = f"the bytes lie at {other_key(blob)}, not at {blob_key(blob)}"
    return problem(_where(blob), what, REPAIR)


def _damaged(blob: Blob, tally: Tally) -> list[Finding]:
    sha256 = hashlib.sha256()
    sha1 = hashlib.sha1(f"blob {blob.size}\0".encode(), usedforsecurity=False)
    try:
        with open_blob(blob) as file:
            while chunk := file.read(CHUNK):
                sha256.update(chunk)
                if blob.git_sha1:
                    sha1.update(chunk)
                tally.count_bytes(len(chunk))
    except OSError as error:
        what = f"the bytes cannot be read ({error.strerror})"
        return [problem(_where(blob), what, "Look at the disk, then restore the object")]
    if sha256.hexdigest() != blob.sha256:
        what = f"the bytes have changed: their SHA-256 is {sha256.hexdigest()}"
        return [problem(_where(blob), what, RESTORE)]
    if blob.git_sha1 and sha1.hexdigest() != blob.git_sha1:
        what = f"git names these bytes {sha1.hexdigest()}, the record {blob.git_sha1}"
        return [problem(_where(blob), what, "Restore the database from a backup")]
    return []


def _where(blob: Blob) -> str:
    """The blob, and one place that needs it."""
    places = Occurrence.objects.filter(blob=blob).select_related("repo__namespace").order_by("pk")
    first = places.first()
    used = f" ({first.path} of {name_of(first.repo)})" if first else " (in no model)"
    return f"blob {blob.sha256}{used}"
