"""Somebody who may write to the database past its triggers changes the record: the command finds it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.users.actions import record_sign_in
from accounts.users.models import User
from governance.audit.actions import redact_personal, seal
from governance.audit.chain import START, entry_of, link
from governance.audit.models import AuditEvent, Checkpoint, PersonalField, Seal, UnsealedEvent
from governance.audit.signing_key import signing_key
from hub.core.actor import SYSTEM, Actor, Means
from tests.factories.people import make_user
from tests.services.record import open_record

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture(autouse=True)
def record(settings: Settings, tmp_path: Path) -> None:
    """Five sealed entries with checkpoints at 3 and 5."""
    settings.AUDIT_KEY_PATH = tmp_path / "secrets" / "audit.pem"
    ada = make_user("ada")
    _sign_in(ada, 2)
    seal()
    _sign_in(ada, 2)
    seal()


def _sign_in(user: User, times: int) -> None:
    for _ in range(times):
        record_sign_in(user, actor=Actor(user=user, means=Means.SESSION, address="192.0.2.7"))


def _verify(**options: object) -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue()


def _complaint(**options: object) -> str:
    with pytest.raises(CommandError) as refusal:
        _verify(**options)
    assert refusal.value.returncode == 1
    return str(refusal.value)


def _sql(statement: str, *values: str | int | None) -> None:
    with open_record(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _event_at(sequence: int) -> AuditEvent:
    return AuditEvent.objects.get(seal__sequence=sequence)


def test_a_sound_record_is_counted() -> None:
    _sign_in(make_user("grace"), 1)

    assert _verify() == (
        "The audit record is sound. Events: 7 (5 sealed, 2 not sealed yet). Checkpoints: 2, signed up to entry 5.\n"
    )


def test_an_empty_record_is_sound_and_makes_no_key(settings: Settings) -> None:
    with open_record():
        for model in (Checkpoint, Seal, UnsealedEvent, PersonalField, AuditEvent):
            model._default_manager.all().order_by()._raw_delete(connection.alias)
    settings.AUDIT_KEY_PATH.unlink()

    assert "Events: 0 " in _verify()
    assert not settings.AUDIT_KEY_PATH.exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "user:registered"),
        ("subject", "user:999"),
        ("actor_id", 999),
        ("means", "system"),
        ("token_id", 5),
        ("namespace_id", None),
        ("repo_id", 4),
        ("data", "{}"),
        ("happened_at", "2020-01-01 00:00:00.000001+00:00"),
        ("public_id", "0123456789abcdef0123456789abcdef"),
    ],
)
def test_a_changed_event_is_found(column: str, value: str | int | None) -> None:
    event = _event_at(2)

    _sql(f"UPDATE governance_auditevent SET {column} = %s WHERE id = %s", value, event.pk)

    assert (
        f"Entry 2 ({_event_at(2).name}, event {event.pk}) does not have its digest" in _complaint()
    )


@pytest.mark.parametrize(
    ("column", "value"), [("digest", "0" * 64), ("sealed_at", "2020-01-01 00:00:00+00:00")]
)
def test_a_changed_seal_is_found(column: str, value: str) -> None:
    _sql(f"UPDATE governance_seal SET {column} = %s WHERE sequence = 4", value)

    assert "Entry 4" in _complaint()


def test_two_events_that_changed_places_are_found() -> None:
    second, third = Seal.objects.filter(sequence__in=(2, 3)).order_by("sequence")
    with open_record():
        Seal.objects.filter(sequence__in=(2, 3)).delete()
        second.event_id, third.event_id = third.event_id, second.event_id
        Seal.objects.bulk_create([second, third])

    assert "Entry 2" in _complaint()


def test_a_removed_event_is_found() -> None:
    event = _event_at(2)
    with open_record():
        Seal.objects.filter(event=event).delete()
        PersonalField.objects.filter(event=event).delete()
        event.delete()

    assert "Entry 2 is missing from the chain" in _complaint()


def test_an_end_that_was_cut_off_is_found() -> None:
    with open_record():
        for event in (_event_at(4), _event_at(5)):
            Seal.objects.filter(event=event).delete()
            PersonalField.objects.filter(event=event).delete()
            event.delete()

    assert "The checkpoint at entry 5 belongs to no entry" in _complaint()


def test_an_event_that_was_put_in_is_found() -> None:
    event = AuditEvent.objects.create(
        name="user:signed_in", means="session", subject="", happened_at=timezone.now()
    )

    assert f"Event {event.pk} (user:signed_in) is neither in the chain nor waiting" in _complaint()


def test_a_chain_computed_anew_without_the_key_is_found() -> None:
    with open_record():
        AuditEvent.objects.filter(seal__sequence=2).update(subject="user:999")
        digest = START
        for row in Seal.objects.select_related("event").order_by("sequence"):
            entry = entry_of(row.event, sequence=row.sequence, sealed_at=row.sealed_at)
            digest = link(entry, previous=digest)
            Seal.objects.filter(sequence=row.sequence).update(digest=digest)

    assert "The checkpoint at entry 3 holds another digest than the chain" in _complaint()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("signature", "00" * 64),
        ("signature", "no number"),
        ("signed_at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_a_changed_checkpoint_is_found(column: str, value: str) -> None:
    _sql(f"UPDATE governance_checkpoint SET {column} = %s WHERE sequence = 3", value)

    assert "The checkpoint at entry 3 has a wrong signature" in _complaint()


def test_a_removed_checkpoint_is_found() -> None:
    _sql("DELETE FROM governance_checkpoint WHERE sequence = 3")

    assert "The checkpoint at entry 5 has a wrong signature: it, or one before it" in _complaint()


def test_a_checkpoint_of_a_foreign_key_is_found(settings: Settings) -> None:
    settings.AUDIT_KEY_PATH.unlink()

    assert "which is not one of the trusted keys" in _complaint()


def test_checkpoints_of_a_retired_key_still_count(settings: Settings) -> None:
    old = signing_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    settings.AUDIT_KEY_PATH.unlink()
    settings.AUDIT_KEY_PATH.with_name("2026.audit.pub").write_bytes(old)
    make_user("grace")
    seal()

    assert Checkpoint.objects.values("key_id").distinct().count() == 2
    assert "Checkpoints: 3, signed up to entry 6" in _verify()


@pytest.mark.parametrize(
    ("column", "value"), [("value", "mallory"), ("salt", "0" * 32), ("field", "other")]
)
def test_a_changed_personal_value_is_found(column: str, value: str) -> None:
    field = PersonalField.objects.get(event=_event_at(2), field="actor_name")

    _sql(f"UPDATE governance_personalfield SET {column} = %s WHERE id = %s", value, field.pk)

    assert "of entry 2 is not the one committed to" in _complaint()


def test_a_removed_personal_value_is_found() -> None:
    field = PersonalField.objects.get(event=_event_at(2), field="actor_name")

    _sql("DELETE FROM governance_personalfield WHERE id = %s", field.pk)

    assert "The personal value “actor_name” of entry 2 was removed, not redacted" in _complaint()


def test_redacted_values_break_nothing() -> None:
    redact_personal(_event_at(2), reason="A court asked for it.", actor=SYSTEM)

    assert "The audit record is sound" in _verify()


def test_a_missing_trigger_is_found() -> None:
    connection.check_constraints()
    name = (
        "record_refuse_delete_of_governance_seal"
        if connection.vendor == "sqlite"
        else "record_refuse_change"
    )
    where = "" if connection.vendor == "sqlite" else " ON governance_seal"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{where}")

    assert f"the trigger governance_seal.{name} is missing or switched off" in _complaint()


def test_a_record_longer_than_one_piece_is_followed_to_its_end() -> None:
    happened_at = _event_at(1).happened_at
    forged = 2_300
    rows = AuditEvent.objects.bulk_create(
        AuditEvent(
            name="user:signed_in",
            means="session",
            subject=f"user:{number}",
            happened_at=happened_at,
        )
        for number in range(2_500)
    )
    UnsealedEvent.objects.bulk_create(UnsealedEvent(event=row) for row in rows)
    seal()
    assert "2505 sealed" in _verify()

    _sql("UPDATE governance_auditevent SET subject = 'user:0' WHERE id = %s", _event_at(forged).pk)

    assert f"Entry {forged} " in _complaint()
