"""The sealed chain as a file that anybody can check; README.md beside this says how it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from governance.audit.canonical import Plain, canonical, timestamp
from governance.audit.chain import entry_of, signed_part
from governance.audit.models import Checkpoint
from governance.audit.signing_key import key_id, raw
from governance.audit.verification import Broken, Findings, Keys, walk

EXPORT_KIND = "arboretum.audit.export.v1"


def export_lines(head: int, keys: Keys) -> Iterator[bytes]:
    """Lines of JSON: the header with the public keys, then every entry up to ``head``, with its checkpoint behind it.

    Personal values are not among them; their commitments are.
    """
    yield _line(
        {
            "kind": EXPORT_KIND,
            "hub": settings.PUBLIC_URL,
            "exported_at": timestamp(timezone.now()),
            "public_keys": [raw(key).hex() for key in keys.values()],
        }
    )
    signature = ""
    for seal, checkpoint in walk(head):
        entry = entry_of(seal.event, sequence=seal.sequence, sealed_at=seal.sealed_at)
        yield _line({"kind": "entry", "entry": entry, "digest": seal.digest})
        if checkpoint is not None:
            yield _line(checkpoint_entry(checkpoint, previous_signature=signature))
            signature = checkpoint.signature


def checkpoint_entry(checkpoint: Checkpoint, *, previous_signature: str) -> dict[str, Plain]:
    """A checkpoint as an outsider checks it: what was signed, and the signature over its canonical bytes."""
    signed = signed_part(checkpoint, previous_signature=previous_signature)
    return {"kind": "checkpoint", "signed": signed, "signature": checkpoint.signature}


def last_checkpoint() -> dict[str, Plain] | None:
    """The newest checkpoint, as an export would hold it."""
    newest = list(Checkpoint.objects.order_by("-sequence")[:2])
    if not newest:
        return None
    before = newest[1].signature if len(newest) > 1 else ""
    return checkpoint_entry(newest[0], previous_signature=before)


def verify_export(lines: Iterable[bytes]) -> tuple[Findings, list[str]]:
    """Check an exported chain with nothing but its own lines; answers the ids of the keys that it names as well.

    Raises ``Broken``. Whether the keys are the hub's own the file cannot tell: compare their ids with published ones.
    """
    findings = Findings()
    keys: dict[str, Ed25519PublicKey] = {}
    try:
        for number, line in enumerate(map(json.loads, lines)):
            if number == 0:
                keys = _keys(line)
            elif line["kind"] == "entry":
                findings.follow(line["entry"], line["digest"])
            else:
                findings.witness(line["signed"], line["signature"], keys)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Broken(
            f"The line after entry {findings.sealed} cannot be read as part of an export."
        ) from error
    if not keys and findings.sealed == 0:
        raise Broken("The file holds no export.")
    return findings, list(keys)


def _keys(header: dict[str, Any]) -> dict[str, Ed25519PublicKey]:
    if header["kind"] != EXPORT_KIND:
        raise Broken("The file does not begin like an export of the audit record.")
    found = (
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)) for key in header["public_keys"]
    )
    return {key_id(key): key for key in found}


def _line(value: dict[str, Plain]) -> bytes:
    return canonical(value) + b"\n"
