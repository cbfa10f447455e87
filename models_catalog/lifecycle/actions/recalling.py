"""The kill switch: bytes that nobody is to have, by their digest."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid, NotFound
from hub.core.events import emit
from models_catalog.lifecycle.events import BlobRecalled, BlobRecallEnded
from models_catalog.lifecycle.queries import models_holding, require_guard
from models_catalog.lifecycle.reasons import checked_reason
from models_catalog.storage.models import Blob, BlobState, Verdict
from models_catalog.storage.places import settle

_DIGEST = re.compile(r"[0-9a-f]{64}")
FIELDS = ["state", "recalled_at", "recalled_by", "recalled_reason"]


@transaction.atomic
def recall_blob(sha256: str, *, reason: str, actor: Actor) -> Blob:
    """Hand these bytes out at no door any more and take them at none, wherever they occur or will turn up.

    The digest need not be known here: then it is refused when somebody sends it. A second time changes the reason. Stored
    bytes move out of reach when the transaction ends, so that links made before are dead.
    """
    require_guard(actor)
    sha256 = checked_digest(sha256)
    reason = checked_reason(reason)
    blob, _created = Blob.objects.select_for_update(no_key=True).get_or_create(
        sha256=sha256, defaults={"size": 0, "state": BlobState.DELETED}
    )
    if blob.recalled_at is not None and blob.recalled_reason == reason:
        return blob
    blob.recalled_at, blob.recalled_by, blob.recalled_reason = timezone.now(), actor.user, reason
    if blob.state == BlobState.STORED:
        blob.state = BlobState.QUARANTINED
    blob.save(update_fields=FIELDS)
    emit(
        BlobRecalled(
            actor=actor,
            subject=f"blob:{sha256}",
            label=sha256,
            sha256=sha256,
            models=models_holding(blob).count(),
            reason=reason,
        )
    )
    transaction.on_commit(lambda: settle(blob.pk))
    return blob


@transaction.atomic
def end_recall(sha256: str, *, reason: str, actor: Actor) -> Blob:
    """Take a recall back: the bytes are handed out again where scanning does not stop them."""
    require_guard(actor)
    sha256 = checked_digest(sha256)
    reason = checked_reason(reason)
    blob = Blob.objects.select_for_update(no_key=True).filter(sha256=sha256).first()
    if blob is None:
        raise NotFound(_("Nothing with this digest has been recalled."))
    if blob.recalled_at is None:
        raise Conflict(_("These bytes are not recalled."))
    blob.recalled_at, blob.recalled_by, blob.recalled_reason = None, None, ""
    if blob.state == BlobState.QUARANTINED and blob.verdict != Verdict.DANGEROUS:
        blob.state = BlobState.STORED
    blob.save(update_fields=FIELDS)
    emit(
        BlobRecallEnded(
            actor=actor, subject=f"blob:{sha256}", label=sha256, sha256=sha256, reason=reason
        )
    )
    transaction.on_commit(lambda: settle(blob.pk))
    return blob


def checked_digest(sha256: str) -> str:
    """A SHA-256 in the one way it is written here. Raises ``Invalid``."""
    sha256 = sha256.strip().lower().removeprefix("sha256:")
    if not _DIGEST.fullmatch(sha256):
        raise Invalid(_("A SHA-256 has 64 digits from 0 to 9 and a to f."), field="sha256")
    return sha256
