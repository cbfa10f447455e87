"""Writing the record, chaining it, signing it, and taking personal values out of it."""

from __future__ import annotations

import time

import structlog
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.users.models import User
from governance.audit.canonical import canonical
from governance.audit.chain import START, entry_of, link, signed_part
from governance.audit.events import PersonalDataRedacted
from governance.audit.models import AuditEvent, Checkpoint, PersonalField, Seal, UnsealedEvent
from governance.audit.personal import ACTOR_ADDRESS, ACTOR_NAME, split
from governance.audit.signing_key import key_id, signing_key
from hub.core.actor import Actor
from hub.core.errors import Forbidden, Invalid
from hub.core.events import Event, emit

log = structlog.get_logger(__name__)

# Events per transaction. SQLite has one writer, so there a batch must stay under 100 ms on a small machine.
BATCH = {"postgresql": 1000, "sqlite": 200}
SEALER_LOCK = 0x61726274  # the number of the advisory lock, "arbt"


def record(event: Event) -> AuditEvent:
    """Insert the event into the record, in the transaction that emits it."""
    data, personal = split(event)
    row = AuditEvent.objects.create(
        name=event.name,
        actor_id=event.actor.user_id,
        means=event.actor.means.value,
        token_id=event.actor.token_id,
        subject=event.subject,
        namespace_id=event.namespace_id,
        repo_id=event.repo_id,
        data=data,
        happened_at=timezone.now(),
    )
    PersonalField.objects.bulk_create(
        PersonalField(event=row, field=value.field, salt=value.salt, value=value.text)
        for value in personal
    )
    UnsealedEvent.objects.create(event=row)
    return row


def seal() -> int:
    """Chain all events that wait, in the order of their ids, and sign the new head. Answers how many there were.

    Safe to call at any time and from several processes: who comes second finds the lock taken and leaves.
    """
    started = time.monotonic()
    sealed = 0
    while batch := _seal_batch():
        sealed += batch
    _sign_head()
    if sealed:
        log.info(
            "audit_sealed", events=sealed, duration_ms=round((time.monotonic() - started) * 1000)
        )
    return sealed


@transaction.atomic
def redact_personal(about: AuditEvent | User, *, reason: str, actor: Actor) -> int:
    """Take the personal values of one event, or of everything that names a person, out of the record for good.

    Answers how many values went. The chain still verifies: it never held them. Raises ``Forbidden`` for all but
    administrators of the instance and the hub itself.
    """
    _require_administrator(actor)
    if not reason.strip():
        raise Invalid(
            "Say why: the record keeps the reason in place of the values.", field="reason"
        )
    if isinstance(about, AuditEvent):
        chosen, subject = Q(event=about), f"event:{about.public_id}"
    else:
        chosen, subject = _naming(about), f"user:{about.pk}"
    fields = PersonalField.objects.filter(chosen, value__isnull=False)
    values = fields.update(value=None, salt="")
    emit(PersonalDataRedacted(actor=actor, subject=subject, reason=reason.strip(), values=values))
    return values


def _seal_batch() -> int:
    """Seal one batch, in a transaction that holds the sealer's lock; 0 when nothing waits or another process seals."""
    with transaction.atomic():
        if not _take_lock():
            return 0
        waiting = UnsealedEvent.objects.select_related("event").order_by("event_id")[
            : BATCH[connection.vendor]
        ]
        events = [row.event for row in waiting]
        Seal.objects.bulk_create(_seals(events))
        # By id and not by range: an event with a lower id may have become visible since they were read.
        UnsealedEvent.objects.filter(pk__in=[event.pk for event in events]).delete()
    return len(events)


def _seals(events: list[AuditEvent]) -> list[Seal]:
    head = Seal.objects.order_by("-sequence").first()
    sequence, digest = (head.sequence, head.digest) if head else (0, START)
    now = timezone.now()
    seals = []
    for event in events:
        sequence += 1
        digest = link(entry_of(event, sequence=sequence, sealed_at=now), previous=digest)
        seals.append(Seal(sequence=sequence, event=event, digest=digest, sealed_at=now))
    return seals


def _sign_head() -> None:
    """Sign the head of the chain, unless it is signed already."""
    with transaction.atomic():
        if not _take_lock():
            return
        head = Seal.objects.order_by("-sequence").first()
        last = Checkpoint.objects.order_by("-sequence").first()
        if head is None or (last is not None and last.sequence >= head.sequence):
            return
        key = signing_key()
        checkpoint = Checkpoint(
            sequence=head.sequence,
            digest=head.digest,
            key_id=key_id(key.public_key()),
            signed_at=timezone.now(),
        )
        signed = signed_part(checkpoint, previous_signature=last.signature if last else "")
        checkpoint.signature = key.sign(canonical(signed)).hex()
        checkpoint.save()


def _take_lock() -> bool:
    """Become the only sealer until the transaction ends; on SQLite the write transaction itself is the lock."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        return bool(cursor.fetchone()[0])


def _naming(user: User) -> Q:
    """The values about a person: as the one who acted, as the one it happened to, and by name wherever it stands."""
    of_actor = Q(field__in=(ACTOR_NAME, ACTOR_ADDRESS))
    acted = of_actor & Q(event__actor_id=user.pk)
    concerned = Q(event__subject=f"user:{user.pk}") & (~of_actor | Q(event__actor_id=None))
    named = Q(value__in=[name for name in (user.username, user.email) if name])
    return acted | concerned | named


def _require_administrator(actor: Actor) -> None:
    if actor.is_system:
        return
    if actor.user is None or not actor.user.is_superuser or actor.rights is not None:
        raise Forbidden(
            "Only an administrator of this hub may take personal values out of the record."
        )
