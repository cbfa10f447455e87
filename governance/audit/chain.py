"""What the digests, commitments and signatures of the record cover. Pure: no database, no clock, no key file."""

from __future__ import annotations

import hashlib
from datetime import datetime

from governance.audit.canonical import Plain, canonical, timestamp
from governance.audit.models import AuditEvent, Checkpoint

START = "0" * 64
CHECKPOINT_KIND = "arboretum.audit.checkpoint.v1"


def entry_of(event: AuditEvent, *, sequence: int, sealed_at: datetime) -> dict[str, Plain]:
    """What the chain holds about one event: every column of it, and its place."""
    return {
        "id": event.pk,
        "public_id": str(event.public_id),
        "name": event.name,
        "actor_id": event.actor_id,
        "means": event.means,
        "token_id": event.token_id,
        "subject": event.subject,
        "namespace_id": event.namespace_id,
        "repo_id": event.repo_id,
        "data": event.data,
        "happened_at": timestamp(event.happened_at),
        "sequence": sequence,
        "sealed_at": timestamp(sealed_at),
    }


def link(entry: dict[str, Plain], *, previous: str) -> str:
    """The digest of an entry: SHA-256 over its canonical bytes and the 64 hexadecimal digits of the one before."""
    return hashlib.sha256(canonical(entry) + previous.encode()).hexdigest()


def commitment(salt: str, text: str) -> str:
    """Stands in the record for a personal value: binds to it without telling it."""
    return hashlib.sha256((salt + text).encode()).hexdigest()


def signed_part(checkpoint: Checkpoint, *, previous_signature: str) -> dict[str, Plain]:
    """What a checkpoint signs. The signature before it is part, so that none can be taken out unnoticed."""
    return {
        "kind": CHECKPOINT_KIND,
        "sequence": checkpoint.sequence,
        "digest": checkpoint.digest,
        "key_id": checkpoint.key_id,
        "signed_at": timestamp(checkpoint.signed_at),
        "previous_signature": previous_signature,
    }
