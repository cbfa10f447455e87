"""Bytes that nothing needs: in the store without a blob, in staging without an upload."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from models_catalog.integrity.batches import batched
from models_catalog.integrity.findings import Finding, leftover
from models_catalog.storage import staging
from models_catalog.storage.models import Blob, BlobState
from models_catalog.storage.places import FOLDERS, key_of
from models_catalog.storage.store import StoredObject, store
from models_catalog.uploads.models import UploadFile

COLLECT = "collect_garbage removes what bears a digest for its name"


def find_leftovers() -> Iterator[Finding]:
    """Every object of the store that no blob has, and every staging file that no upload has."""
    for found in unknown_objects():
        yield leftover(found.key, f"{found.size} bytes that belong to no blob", COLLECT)
    for name in _unknown_staging():
        advice = "The hub removes it by itself once an hour while it runs"
        yield leftover(f"staging/{name}", "it belongs to no upload", advice)


def unknown_objects() -> Iterator[StoredObject]:
    """Objects of the store without a blob, or whose blob is deleted. Copies of known bytes are not among them."""
    everything = chain.from_iterable(store().objects(folder) for folder in FOLDERS.values())
    for some in batched(everything):
        names = {each.key: each.key.rpartition("/")[2] for each in some}
        kept = Blob.objects.filter(sha256__in=names.values()).exclude(state=BlobState.DELETED)
        keys = {
            key_of(sha256, state)
            for sha256 in kept.values_list("sha256", flat=True)
            for state in FOLDERS
        }
        yield from (each for each in some if each.key not in keys)


def _unknown_staging() -> Iterator[str]:
    """Names of staging files without an upload that nobody has written to for ``settings.UPLOAD_EXPIRY``."""
    for some in batched(staging.untouched_since(timezone.now() - settings.UPLOAD_EXPIRY)):
        ids = {name: found for name in some if (found := _as_id(name)) is not None}
        known = set(
            UploadFile.objects.filter(public_id__in=ids.values()).values_list(
                "public_id", flat=True
            )
        )
        yield from (name for name in some if ids.get(name) not in known)


def _as_id(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
