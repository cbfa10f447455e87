from __future__ import annotations

import hashlib
import json
import stat
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from accounts.users.actions import record_sign_in
from accounts.users.models import User
from governance.audit import tasks
from governance.audit.actions import seal
from governance.audit.models import AuditEvent, Checkpoint, Seal, UnsealedEvent
from governance.audit.signing_key import signing_key
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture(autouse=True)
def _key_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.AUDIT_KEY_PATH = tmp_path / "secrets" / "audit.pem"


def _sign_in(user: User, times: int) -> None:
    for _ in range(times):
        record_sign_in(user, actor=acting(user))


def test_events_are_chained_in_order_without_gaps() -> None:
    _sign_in(make_user("ada"), 4)

    assert seal() == 5

    seals = list(Seal.objects.order_by("sequence"))
    assert [row.sequence for row in seals] == [1, 2, 3, 4, 5]
    assert [row.event_id for row in seals] == sorted(
        AuditEvent.objects.values_list("id", flat=True)
    )
    assert not UnsealedEvent.objects.exists()


def test_a_digest_covers_the_event_and_the_digest_before() -> None:
    _sign_in(make_user("ada"), 1)
    seal()

    first, second = Seal.objects.select_related("event").order_by("sequence")
    event = second.event
    entry = {
        "actor_id": event.actor_id,
        "data": event.data,
        "happened_at": event.happened_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "id": event.pk,
        "means": "session",
        "name": "user:signed_in",
        "namespace_id": event.namespace_id,
        "public_id": str(event.public_id),
        "repo_id": None,
        "sealed_at": second.sealed_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "sequence": 2,
        "subject": event.subject,
        "token_id": None,
    }
    canonical = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert second.digest == hashlib.sha256((canonical + first.digest).encode()).hexdigest()


def test_sealing_goes_on_where_it_stopped() -> None:
    ada = make_user("ada")
    seal()
    _sign_in(ada, 2)

    assert seal() == 2
    assert list(Seal.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3]


def test_an_event_that_appears_late_with_a_lower_id_is_not_skipped() -> None:
    _sign_in(make_user("ada"), 2)
    late = AuditEvent.objects.order_by("id")[0]
    UnsealedEvent.objects.filter(event=late).delete()  # its transaction has not ended yet
    seal()
    UnsealedEvent.objects.create(event=late)

    assert seal() == 1
    assert late.seal.sequence == 3


def test_the_head_is_signed_once() -> None:
    make_user("ada")
    seal()
    assert seal() == 0

    checkpoint = Checkpoint.objects.get()
    head = Seal.objects.latest("sequence")
    assert (checkpoint.sequence, checkpoint.digest) == (head.sequence, head.digest)


def test_the_signature_is_the_key_s_over_the_documented_message() -> None:
    ada = make_user("ada")
    seal()
    _sign_in(ada, 1)
    seal()

    first, second = Checkpoint.objects.order_by("sequence")
    public = signing_key().public_key()
    key_id = hashlib.sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()
    message = json.dumps(
        {
            "digest": second.digest,
            "key_id": key_id,
            "kind": "arboretum.audit.checkpoint.v1",
            "previous_signature": first.signature,
            "sequence": 2,
            "signed_at": second.signed_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        },
        separators=(",", ":"),
    )
    public.verify(bytes.fromhex(second.signature), message.encode())


def test_the_key_is_made_once_and_only_its_owner_reads_it(settings: Settings) -> None:
    first = signing_key().public_key()

    assert signing_key().public_key() == first
    assert stat.S_IMODE(settings.AUDIT_KEY_PATH.stat().st_mode) == 0o600
    assert [path.name for path in settings.AUDIT_KEY_PATH.parent.iterdir()] == ["audit.pem"]


def test_nothing_to_seal_makes_neither_key_nor_checkpoint(settings: Settings) -> None:
    assert seal() == 0

    assert not Checkpoint.objects.exists()
    assert not settings.AUDIT_KEY_PATH.exists()


def test_the_periodic_task_seals(settings: Settings) -> None:
    make_user("ada")

    tasks.seal()

    assert tasks.seal.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert Seal.objects.count() == 1


def test_a_seal_costs_the_same_however_long_the_record_is() -> None:
    ada = make_user("ada")
    with CaptureQueriesContext(
        connection,
    ) as short:
        seal()
    _sign_in(ada, 30)
    seal()
    _sign_in(ada, 1)
    with CaptureQueriesContext(connection) as long:
        seal()

    assert len(long) <= len(short)


def test_ten_thousand_events_are_sealed_in_seconds() -> None:
    make_user("ada")
    happened_at = AuditEvent.objects.get().happened_at
    rows = AuditEvent.objects.bulk_create(
        AuditEvent(
            name="user:signed_in",
            means="session",
            subject="user:1",
            data={"label": "", "reason": "", "text": "x" * 200},
            happened_at=happened_at,
        )
        for _ in range(10_000)
    )
    UnsealedEvent.objects.bulk_create(UnsealedEvent(event=row) for row in rows)

    started = time.process_time()  # of this process: the machine may be busy with others
    assert seal() == 10_001
    seconds = time.process_time() - started

    assert Seal.objects.latest("sequence").sequence == 10_001
    assert seconds < 8
