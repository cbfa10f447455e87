"""Reading bytes. Only ``downloads``, scanning, rendering and fsck come here; every other reader asks ``downloads``."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from models_catalog.storage.models import Blob
from models_catalog.storage.places import blob_key, other_key
from models_catalog.storage.store import store


def open_blob(blob: Blob) -> BinaryIO:
    """A seekable reader of the bytes, also while a verdict moves them or where a crash left them.

    Raises ``FileNotFoundError``.
    """
    for key in (blob_key(blob), other_key(blob)):
        try:
            return store().open(key)
        except FileNotFoundError:
            continue
    return store().open(blob_key(blob))  # they moved from the second to the first while we looked


def local_path(blob: Blob) -> Path | None:
    """The file on this machine, for sendfile."""
    return store().local_path(stored_key(blob))


def stored_key(blob: Blob) -> str:
    """The key that holds the bytes: the one of the blob's state, else the one it is being moved from."""
    key, moved = blob_key(blob), other_key(blob)
    return moved if store().size(key) is None and store().size(moved) is not None else key


def read_small(blob: Blob, *, limit: int) -> bytes | None:
    """All the bytes if there are at most ``limit``, else ``None``."""
    if blob.size > limit:
        return None
    with open_blob(blob) as file:
        return file.read(limit + 1)
