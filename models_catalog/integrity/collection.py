"""Freeing the bytes that nothing reaches any more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import PROTECT, Exists, ForeignObjectRel, Model, OuterRef, QuerySet
from django.utils import timezone

from hub.core.actor import Actor
from models_catalog.integrity.batches import by_id
from models_catalog.integrity.leftovers import unknown_objects
from models_catalog.storage.actions import erase, mark_deleted
from models_catalog.storage.models import Blob, BlobState
from models_catalog.storage.places import blob_key
from models_catalog.storage.store import store

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(slots=True)
class Garbage:
    """How many objects, and how many bytes as measured on the store."""

    objects: int = 0
    size: int = 0

    def add(self, size: int) -> None:
        """One more object, if it has any bytes."""
        if size:
            self.objects += 1
            self.size += size


def measure_garbage() -> Garbage:
    """What ``collect_garbage`` would free now."""
    garbage, before = Garbage(), _before()
    for blob in by_id(unreached_blobs()):
        found = store().look(blob_key(blob))
        if found is not None and found.stored_at < before:
            garbage.add(found.size)
    for _, size in _forgotten(before):
        garbage.add(size)
    return garbage


def collect_garbage(*, actor: Actor) -> Garbage:
    """Delete what nothing has reached for ``settings.BLOB_GRACE``; answers what the store has less.

    Blobs in quarantine are kept: they are evidence, and a later ruleset may clear them.
    """
    garbage = Garbage()
    for blob in by_id(unreached_blobs()):
        garbage.add(_collect(blob, actor=actor))
    for sha256, _ in _forgotten(_before()):
        garbage.add(_erase_forgotten(sha256))
    return garbage


def unreached_blobs() -> QuerySet[Blob]:
    """Stored blobs that no revision, version, change or upload reaches and that nobody has sent lately.

    Whatever reaches a blob says so by a foreign key that protects it; what only describes the blob cascades.
    """
    before = _before()
    blobs = Blob.objects.filter(state=BlobState.STORED, created_at__lt=before)
    sent_lately = Blob.objects.filter(pk=OuterRef("pk"), receipts__received_at__gte=before)
    blobs = blobs.filter(~Exists(sent_lately))
    for relation in Blob._meta.get_fields(include_hidden=True):  # noqa: SLF001 - documented API
        if isinstance(relation, ForeignObjectRel) and relation.on_delete is PROTECT:
            owners: QuerySet[Model] = QuerySet(relation.related_model)
            blobs = blobs.filter(~Exists(owners.filter(**{relation.field.name: OuterRef("pk")})))
    return blobs


def _before() -> datetime:
    return timezone.now() - settings.BLOB_GRACE


def _collect(blob: Blob, *, actor: Actor) -> int:
    """Delete one blob, if it is unreached even now; answers how many bytes the store has less."""
    with transaction.atomic():
        # a full row lock: it waits for transactions that refer to the blob, and lets none begin to
        locked = Blob.objects.select_for_update().get(pk=blob.pk)
        found = store().look(blob_key(locked))
        is_fresh = found is not None and found.stored_at >= _before()
        if is_fresh or not unreached_blobs().filter(pk=blob.pk).exists():
            return 0
        mark_deleted(locked, actor=actor)
    return erase(locked)


def _forgotten(before: datetime) -> Iterator[tuple[str, int]]:
    """(SHA-256, bytes) of objects without a blob, or of a deletion that a crash cut short."""
    for found in unknown_objects():
        name = found.key.rpartition("/")[2]
        if found.stored_at < before and _DIGEST.fullmatch(name):
            yield name, found.size


@transaction.atomic
def _erase_forgotten(sha256: str) -> int:
    """Free bytes without a blob. A row holds their place meanwhile, so that nobody who sends them now loses them."""
    blob, is_mine = Blob.objects.select_for_update().get_or_create(
        sha256=sha256, defaults={"size": 0, "state": BlobState.DELETED}
    )
    freed = erase(blob)
    if is_mine:
        blob.delete()
    return freed
