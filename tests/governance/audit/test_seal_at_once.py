"""Two sealers with connections of their own; events that become visible out of order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from accounts.users.actions import record_sign_in
from governance.audit.actions import seal
from governance.audit.models import AuditEvent, Checkpoint, Seal, UnsealedEvent
from governance.audit.signing_key import trusted_keys
from governance.audit.verification import verify_record
from tests.factories.people import acting, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer: its transaction is the lock.",
    ),
]

T = TypeVar("T")


@pytest.fixture
def pool(settings: Settings, tmp_path: Path) -> Iterator[ThreadPoolExecutor]:
    settings.AUDIT_KEY_PATH = tmp_path / "secrets" / "audit.pem"
    with ThreadPoolExecutor(max_workers=4) as pool:
        yield pool


def _with_own_connection(work: Callable[[], T]) -> T:
    try:
        return work()
    finally:
        connection.close()


def test_sealers_at_the_same_moment_seal_each_event_once(pool: ThreadPoolExecutor) -> None:
    happened_at = _one_event().happened_at
    rows = AuditEvent.objects.bulk_create(
        AuditEvent(name="user:signed_in", means="none", subject="user:1", happened_at=happened_at)
        for _ in range(2_499)
    )
    UnsealedEvent.objects.bulk_create(UnsealedEvent(event=row) for row in rows)
    start = threading.Barrier(4)

    def seal_with_the_others() -> int:
        start.wait()
        return seal()

    done = [pool.submit(_with_own_connection, seal_with_the_others) for _ in range(4)]
    sealed = sum(each.result() for each in done) + seal()

    assert sealed == Seal.objects.count() == 2_500
    findings = verify_record(trusted_keys())
    assert (findings.sealed, findings.unsealed, findings.signed_up_to) == (2_500, 0, 2_500)


def test_who_finds_the_lock_taken_leaves_at_once(pool: ThreadPoolExecutor) -> None:
    _one_event()

    with transaction.atomic():
        assert seal() == 1
        assert pool.submit(_with_own_connection, seal).result() == 0
        assert pool.submit(_with_own_connection, Seal.objects.count).result() == 0

    assert Seal.objects.count() == Checkpoint.objects.count() == 1


def test_an_event_whose_transaction_ends_late_is_sealed_after_later_ones(
    pool: ThreadPoolExecutor,
) -> None:
    ada = make_user("ada")
    seal()

    with transaction.atomic():
        record_sign_in(ada, actor=acting(ada))
        late = AuditEvent.objects.latest("id")
        later = pool.submit(_with_own_connection, lambda: _one_event("grace")).result()
        assert pool.submit(_with_own_connection, seal).result() == 1
    assert seal() == 1

    assert late.pk < later.pk
    assert (late.seal.sequence, later.seal.sequence) == (3, 2)
    assert verify_record(trusted_keys()).sealed == 3


def _one_event(name: str = "ada") -> AuditEvent:
    make_user(name)
    return AuditEvent.objects.latest("id")
