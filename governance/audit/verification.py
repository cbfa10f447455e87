"""Checking the whole record against itself: place, digest, signature, commitment. Reads in pieces, writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from governance.audit.canonical import Plain, canonical
from governance.audit.chain import START, commitment, entry_of, link, signed_part
from governance.audit.models import AuditEvent, Checkpoint, Seal, UnsealedEvent
from governance.audit.personal import committed
from governance.audit.triggers import missing_triggers

PIECE = 500  # rows in memory at a time

Keys = Mapping[str, Ed25519PublicKey]


class Broken(Exception):
    """The record is not what it was; the message is a sentence that names the first such place."""


@dataclass(slots=True)
class Findings:
    """How far a chain has been followed, and what it held."""

    sealed: int = 0
    digest: str = START
    checkpoints: int = 0
    signed_up_to: int = 0
    signature: str = ""
    unsealed: int = 0

    def follow(self, entry: dict[str, Plain], digest: str) -> None:
        """Go one entry further. Raises ``Broken`` when it is not the next one or does not have this digest."""
        expected = self.sealed + 1
        if entry["sequence"] != expected:
            raise Broken(
                f"Entry {expected} is missing from the chain: its event or its seal was removed."
            )
        if link(entry, previous=self.digest) != digest:
            raise Broken(
                f"Entry {expected} ({entry['name']}, event {entry['id']}) does not have its digest: "
                "the event, its seal or the entry before it was changed."
            )
        self.sealed, self.digest = expected, digest

    def witness(self, signed: dict[str, Plain], signature: str, keys: Keys) -> None:
        """Check a checkpoint of the entry that was reached. Raises ``Broken``."""
        name = f"The checkpoint at entry {signed['sequence']}"
        if (signed["sequence"], signed["digest"]) != (self.sealed, self.digest):
            raise Broken(f"{name} holds another digest than the chain: one of the two was changed.")
        if signed["previous_signature"] != self.signature:
            raise Broken(f"{name} does not follow the checkpoint before it: one was removed.")
        key = keys.get(str(signed["key_id"]))
        if key is None:
            raise Broken(
                f"{name} is signed with the key {signed['key_id']}, which is not one of the trusted keys."
            )
        try:
            key.verify(bytes.fromhex(signature), canonical(signed))
        except (InvalidSignature, ValueError) as error:
            raise Broken(
                f"{name} has a wrong signature: it, or one before it, was changed or removed."
            ) from error
        self.checkpoints, self.signed_up_to, self.signature = (
            self.checkpoints + 1,
            self.sealed,
            signature,
        )


def verify_record(keys: Keys, *, anchor: tuple[int, str] | None = None) -> Findings:
    """Check everything that is sealed now. ``anchor`` is a place with its digest that somebody kept from earlier.

    Raises ``Broken``. Sealing may go on meanwhile; what is sealed after the beginning is not looked at.
    """
    findings = Findings(unsealed=UnsealedEvent.objects.count())
    try:
        for seal, checkpoint in walk(_head()):
            findings.follow(
                entry_of(seal.event, sequence=seal.sequence, sealed_at=seal.sealed_at), seal.digest
            )
            _check_personal(seal)
            if checkpoint is not None:
                signed = signed_part(checkpoint, previous_signature=findings.signature)
                findings.witness(signed, checkpoint.signature, keys)
            if anchor is not None and anchor[0] == seal.sequence and anchor[1] != seal.digest:
                raise Broken(
                    f"Entry {seal.sequence} is not the one exported earlier: the chain was made anew."
                )
    except (
        AttributeError,
        TypeError,
        ValueError,
    ) as error:  # a column that raw SQL filled with something else
        raise Broken(
            f"A row soon after entry {findings.sealed} holds what the hub never writes: {error}"
        ) from error
    _check_ends(findings, anchor)
    return findings


def walk(head: int) -> Iterator[tuple[Seal, Checkpoint | None]]:
    """The chain up to ``head``, a piece at a time: seals with events and personal values, each with its checkpoint."""
    last = 0
    chain = Seal.objects.select_related("event").prefetch_related("event__personal_fields")
    while piece := list(
        chain.filter(sequence__gt=last, sequence__lte=head).order_by("sequence")[:PIECE]
    ):
        signed = Checkpoint.objects.filter(sequence__gt=last, sequence__lte=piece[-1].sequence)
        checkpoints = {checkpoint.sequence: checkpoint for checkpoint in signed}
        yield from ((seal, checkpoints.get(seal.sequence)) for seal in piece)
        last = piece[-1].sequence


def _head() -> int:
    return Seal.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def _check_personal(seal: Seal) -> None:
    promised = {
        name: found for name, value in seal.event.data.items() if (found := committed(value))
    }
    for field in seal.event.personal_fields.all():
        promise = promised.pop(field.field, None)
        if promise is None or (
            field.value is not None and commitment(field.salt, field.value) != promise
        ):
            raise Broken(
                f"The personal value “{field.field}” of entry {seal.sequence} is not the one committed to."
            )
    if promised:
        raise Broken(
            f"The personal value “{min(promised)}” of entry {seal.sequence} was removed, not redacted."
        )


def _check_ends(findings: Findings, anchor: tuple[int, str] | None) -> None:
    lost = (
        Checkpoint.objects.exclude(sequence__in=Seal.objects.values("sequence"))
        .order_by("sequence")
        .first()
    )
    if lost is not None:
        raise Broken(
            f"The checkpoint at entry {lost.sequence} belongs to no entry: the end of the chain was cut off."
        )
    if anchor is not None and anchor[0] > findings.sealed:
        raise Broken(
            f"Entry {anchor[0]} was exported earlier and is not there: the end of the chain was cut off."
        )
    stray = (
        AuditEvent.objects.filter(seal__isnull=True, unsealed__isnull=True).order_by("id").first()
    )
    if stray is not None:
        raise Broken(f"Event {stray.pk} ({stray.name}) is neither in the chain nor waiting for it.")
    if missing := missing_triggers():
        raise Broken(
            f"The record is not protected: the trigger {missing[0]} is missing or switched off."
        )
