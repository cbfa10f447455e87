"""Where the bytes of a blob lie: one key for bytes in use, another for bytes in quarantine."""

from __future__ import annotations

from django.db import transaction

from models_catalog.storage.models import Blob, BlobState
from models_catalog.storage.store import store

FOLDERS = {BlobState.STORED: "blobs", BlobState.QUARANTINED: "quarantine"}


def key_of(sha256: str, state: str) -> str:
    """The key in the folder of a state; deleted bytes would lie where stored ones do."""
    folder = FOLDERS[BlobState.QUARANTINED if state == BlobState.QUARANTINED else BlobState.STORED]
    return f"{folder}/sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def blob_key(blob: Blob) -> str:
    """Where the bytes belong. Quarantined bytes have another key, so that links made before are dead."""
    return key_of(blob.sha256, blob.state)


def other_key(blob: Blob) -> str:
    """Where the bytes belonged before the last change of state, and may still lie after a crash."""
    is_out_of_reach = blob.state == BlobState.QUARANTINED
    return key_of(blob.sha256, BlobState.STORED if is_out_of_reach else BlobState.QUARANTINED)


def settle(blob_id: int) -> bool:
    """Move bytes that lie under the other key to where the blob's state wants them; whether there were any.

    Every change of state is followed by this after its commit. It looks at the state anew and under the row's lock,
    so that of two moves that overtake each other the last state wins.
    """
    blob = Blob.objects.get(pk=blob_id)
    if store().size(other_key(blob)) is None and store().size(blob_key(blob)) is not None:
        return False
    with transaction.atomic():
        blob = Blob.objects.select_for_update(no_key=True).get(pk=blob_id)
        if blob.state == BlobState.DELETED or store().size(other_key(blob)) is None:
            return False
        if store().size(blob_key(blob)) == blob.size:  # a copy too many
            store().delete(other_key(blob))
        else:
            store().move(other_key(blob), blob_key(blob))
    return True
