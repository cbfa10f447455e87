"""Receiving bytes, recording verdicts, moving dangerous bytes out of reach."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.authz.queries import require_person
from hub.core.actor import Actor
from hub.core.errors import Blocked, Gone, Invalid, TooLarge
from hub.core.events import emit
from models_catalog.storage import staging
from models_catalog.storage.events import (
    BlobDeleted,
    BlobQuarantined,
    BlobReceived,
    BlobVerdictRecorded,
)
from models_catalog.storage.models import CLEARED, Blob, BlobReceipt, BlobState, Verdict
from models_catalog.storage.places import blob_key, key_of, other_key, settle
from models_catalog.storage.store import disk_room, store

_HOLD = "SELECT id FROM models_catalog_blob WHERE id = ANY(%s) AND state <> %s ORDER BY id FOR KEY SHARE"


def receive_blob(
    chunks: Iterable[bytes],
    *,
    actor: Actor,
    expected_sha256: str | None = None,
    expected_size: int | None = None,
    limit: int | None = None,
) -> Blob:
    """Store the bytes of a stream in one go. Raises as ``receive_staged`` and ``TooLarge``."""
    name = f"once-{uuid.uuid4()}"
    limit = min(limit or settings.MAX_FILE_BYTES, settings.MAX_FILE_BYTES)
    if expected_size is not None:
        if expected_size > limit:
            raise TooLarge(f"{expected_size:,} bytes were announced; this takes {limit:,} at most.")
        limit = expected_size
    try:
        staging.append(name, offset=0, chunks=chunks, limit=limit)
        return receive_staged(
            name, actor=actor, expected_sha256=expected_sha256, expected_size=expected_size
        )
    finally:
        staging.discard(name)


def receive_staged(
    name: str, *, actor: Actor, expected_sha256: str | None = None, expected_size: int | None = None
) -> Blob:
    """Make a blob of a complete staging file: hash it here, compare with what was claimed, move it into place.

    Every way in ends here. Raises ``Invalid`` when digest or size differ from the claim, ``Blocked`` when exactly
    these bytes were found dangerous, ``Gone`` when they are recalled, ``StorageFull``. A crash at any point leaves the staging file or whole bytes in
    the store, never half a blob.
    """
    require_person(actor)
    path = staging.staged_path(name)
    size = staging.staged_size(name)
    if expected_size is not None and size != expected_size:
        raise Invalid(
            f"{size} bytes arrived, but {expected_size} were announced. Send the file again."
        )
    sha256 = staging.sha256_of(name)
    if expected_sha256 is not None and sha256 != expected_sha256.lower():
        raise Invalid(
            _(
                "The bytes that arrived have the SHA-256 {sha256}, not {expected_sha256}. They changed "
                "on the way; send the file again."
            ).format(sha256=sha256, expected_sha256=expected_sha256)
        )
    git_sha1 = _git_sha1(path, size) if size <= settings.INLINE_BYTES else ""
    with disk_room():
        staging.flush(name)  # what takes long, before the row is locked
        return _keep(path, Blob(sha256=sha256, size=size, git_sha1=git_sha1), actor=actor)


@transaction.atomic
def _keep(path: Path, found: Blob, *, actor: Actor) -> Blob:
    """Move the bytes into place and record them, under the row's lock: against quarantine and collection meanwhile."""
    sha256, size = found.sha256, found.size
    blob, created = Blob.objects.select_for_update(no_key=True).get_or_create(
        sha256=sha256, defaults={"size": size, "git_sha1": found.git_sha1}
    )
    if blob.recall:
        raise Gone(blob.recall)
    if blob.state == BlobState.QUARANTINED or blob.verdict == Verdict.DANGEROUS:
        raise Blocked(
            _("Exactly these bytes are blocked: scanning found that they are dangerous to open.")
        )
    store().adopt(key_of(sha256, BlobState.STORED), path)
    if blob.state == BlobState.DELETED:
        blob.state, blob.size, blob.git_sha1 = BlobState.STORED, size, found.git_sha1
        blob.save(update_fields=["state", "size", "git_sha1"])
    BlobReceipt.objects.update_or_create(blob=blob, user=actor.user)
    emit(
        BlobReceived(
            actor=actor,
            subject=f"blob:{sha256}",
            label=sha256,
            sha256=sha256,
            size=size,
            was_known=not created,
        )
    )
    return blob


def _git_sha1(path: Path, size: int) -> str:
    """The id git gives to a file's content: SHA-1 over ``blob``, size, NUL and the bytes."""
    state = hashlib.sha1(f"blob {size}\0".encode(), usedforsecurity=False)
    state.update(path.read_bytes())
    return state.hexdigest()


@transaction.atomic
def record_verdict(blob: Blob, *, verdict: Verdict, ruleset: str, actor: Actor) -> None:
    """Write down what scanning says of the bytes; the same answer again changes nothing.

    Dangerous bytes are quarantined, and bytes that a later ruleset clears come back. A scan that failed clears
    nothing: what an earlier ruleset found dangerous stays so until another one has read it to the end.
    """
    blob = Blob.objects.select_for_update(no_key=True).get(pk=blob.pk)
    if blob.verdict == Verdict.DANGEROUS and verdict not in CLEARED:
        verdict = Verdict.DANGEROUS
    if (blob.verdict, blob.ruleset) != (verdict, ruleset):
        _write_verdict(blob, verdict, ruleset, actor=actor)
    transaction.on_commit(lambda: settle(blob.pk))


def _write_verdict(blob: Blob, verdict: Verdict, ruleset: str, *, actor: Actor) -> None:
    previous, blob.verdict, blob.ruleset = blob.verdict, verdict, ruleset
    is_quarantined_now = verdict == Verdict.DANGEROUS and blob.state == BlobState.STORED
    if is_quarantined_now:
        blob.state = BlobState.QUARANTINED
    elif (
        verdict != Verdict.DANGEROUS
        and blob.state == BlobState.QUARANTINED
        and blob.recalled_at is None
    ):
        blob.state = BlobState.STORED
    blob.save(update_fields=["verdict", "ruleset", "state"])
    subject = f"blob:{blob.sha256}"
    emit(
        BlobVerdictRecorded(
            actor=actor,
            subject=subject,
            label=blob.sha256,
            sha256=blob.sha256,
            verdict=verdict,
            ruleset=ruleset,
            previous=previous,
        )
    )
    if is_quarantined_now:
        emit(BlobQuarantined(actor=actor, subject=subject, label=blob.sha256, sha256=blob.sha256))


def hold_blobs(ids: Sequence[int]) -> set[int]:
    """Keep collection away from these blobs until the caller's transaction ends; answers those whose bytes are there.

    Django's foreign keys are checked when a transaction commits, so a row that refers to a blob holds it too late.
    SQLite has one writer, whose transaction holds everything.
    """
    kept = Blob.objects.filter(pk__in=ids).exclude(state=BlobState.DELETED)
    if not connection.features.has_select_for_update:
        return set(kept.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [list(ids), BlobState.DELETED])
        return {row[0] for row in cursor.fetchall()}


@transaction.atomic
def mark_deleted(blob: Blob, *, actor: Actor) -> None:
    """Give stored bytes up; ``erase`` frees them. Callers hold the row's lock and know that nothing needs them."""
    blob.state = BlobState.DELETED
    blob.save(update_fields=["state"])
    emit(
        BlobDeleted(
            actor=actor,
            subject=f"blob:{blob.sha256}",
            label=blob.sha256,
            sha256=blob.sha256,
            size=blob.size,
        )
    )


@transaction.atomic
def erase(blob: Blob) -> int:
    """Free the bytes of a deleted blob; answers how many the store has less. Bytes that came back meanwhile stay."""
    blob = Blob.objects.select_for_update(no_key=True).get(pk=blob.pk)
    if blob.state != BlobState.DELETED:
        return 0
    keys = (blob_key(blob), other_key(blob))
    before = sum(store().size(key) or 0 for key in keys)
    for key in keys:
        store().delete(key)
    return before - sum(store().size(key) or 0 for key in keys)
