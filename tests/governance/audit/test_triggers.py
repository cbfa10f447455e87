"""The database itself refuses to change or remove what the record holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from governance.audit.actions import seal
from governance.audit.models import AuditEvent, Checkpoint, PersonalField, Seal
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

MODELS = (AuditEvent, Seal, Checkpoint, PersonalField)
CHANGES = {
    AuditEvent: {"subject": "user:999"},
    Seal: {"digest": "0" * 64},
    Checkpoint: {"signature": "0" * 128},
    PersonalField: {"value": "somebody else"},
}


@pytest.fixture(autouse=True)
def sealed() -> None:
    make_user("ada")
    seal()


def _refused(change: Callable[[], object]) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        change()
    return str(refusal.value)


@pytest.mark.parametrize("model", MODELS)
def test_a_row_cannot_be_updated(model: type[Model]) -> None:
    before = list(model._default_manager.order_by("pk").values())

    message = _refused(lambda: model._default_manager.update(**CHANGES[model]))

    assert "audit record" in message
    assert list(model._default_manager.order_by("pk").values()) == before


@pytest.mark.parametrize("model", MODELS)
def test_a_row_cannot_be_deleted(model: type[Model]) -> None:
    before = model._default_manager.count()

    _refused(lambda: model._default_manager.order_by()._raw_delete(connection.alias))

    assert model._default_manager.count() == before > 0


@pytest.mark.parametrize("model", MODELS)
def test_a_row_cannot_be_replaced_by_inserting_over_it(model: type[Model]) -> None:
    row = model._default_manager.order_by("pk").values()[0]
    change = row | CHANGES[model]

    if connection.vendor == "sqlite":
        columns = ", ".join(change)
        marks = ", ".join(["%s"] * len(change))
        values = [str(value) if value is not None else None for value in change.values()]
        sql = f"INSERT OR REPLACE INTO {model._meta.db_table} ({columns}) VALUES ({marks})"

        _refused(lambda: connection.cursor().execute(sql, values))
    else:
        key = model._meta.pk.attname
        changed = list(CHANGES[model])

        _refused(
            lambda: model._default_manager.bulk_create(
                [model(**change)], update_conflicts=True, unique_fields=[key], update_fields=changed
            )
        )

    assert model._default_manager.order_by("pk").values()[0] == row


@pytest.mark.parametrize("model", MODELS)
def test_a_table_cannot_be_truncated(model: type[Model]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL has TRUNCATE.")
    connection.check_constraints()  # otherwise PostgreSQL refuses because checks of foreign keys are still due

    _refused(lambda: connection.cursor().execute(f"TRUNCATE {model._meta.db_table} CASCADE"))

    assert model._default_manager.exists()


def test_a_session_that_poses_as_a_replica_is_refused_too() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL has replication roles.")

    with connection.cursor() as cursor:
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE starts_with(tgname, 'record_')")
        states = {state for (state,) in cursor.fetchall()}

    assert states == {"A"}


def test_a_personal_value_can_be_redacted() -> None:
    field = PersonalField.objects.get(field="email")

    PersonalField.objects.filter(pk=field.pk).update(value=None, salt="")

    field.refresh_from_db()
    assert (field.value, field.salt) == (None, "")


def test_redacting_must_take_the_salt_as_well() -> None:
    _refused(lambda: PersonalField.objects.filter(field="email").update(value=None))

    assert PersonalField.objects.get(field="email").value == "ada@example.org"


def test_a_redacted_value_cannot_come_back() -> None:
    PersonalField.objects.filter(field="email").update(value=None, salt="")

    _refused(lambda: PersonalField.objects.filter(field="email").update(value="ada@example.org"))

    assert PersonalField.objects.get(field="email").value is None
