from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import Any

import pytest
from django.db import transaction

from accounts.orgs.actions import give_role
from accounts.orgs.events import OrganizationCreated
from accounts.users.actions import record_sign_in
from accounts.users.events import UserSignedIn
from accounts.users.models import User
from governance.audit.models import AuditEvent, PersonalField, UnsealedEvent
from hub.core.actor import Actor, Means
from hub.core.errors import DomainError
from hub.core.events import Event, all_events, emit
from tests.factories.people import acting, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_an_action_leaves_an_event_with_who_what_and_where() -> None:
    ada = make_user("ada")
    actor = Actor(user=ada, means=Means.TOKEN, token_id=7)

    record_sign_in(ada, actor=actor)

    event = AuditEvent.objects.latest("id")
    assert (event.name, event.subject, event.namespace_id) == (
        "user:signed_in",
        f"user:{ada.pk}",
        ada.namespace_id,
    )
    assert (event.actor_id, event.means, event.token_id) == (ada.pk, "token", 7)
    assert UnsealedEvent.objects.filter(event=event).exists()


def test_fields_label_and_reason_stand_in_the_data() -> None:
    organization = make_organization("savanna")

    event = AuditEvent.objects.get(name="organization:created")
    assert event.namespace_id == organization.namespace_id
    assert event.data["preset"] == "light"
    assert (event.data["label"], event.data["reason"]) == ("savanna", "")


def test_names_and_addresses_are_only_committed_to() -> None:
    zuzu = make_user("zuzu", email="zuzu@example.org")

    record_sign_in(zuzu, actor=Actor(user=zuzu, means=Means.SESSION, address="192.0.2.7"))

    stored = " ".join(str(row.data) for row in AuditEvent.objects.all())
    assert "zuzu" not in stored
    assert "192.0.2.7" not in stored
    values = set(PersonalField.objects.values_list("field", "value"))
    assert {
        ("actor_name", "zuzu"),
        ("actor_address", "192.0.2.7"),
        ("email", "zuzu@example.org"),
    } <= values


def test_a_commitment_is_the_digest_of_salt_and_value() -> None:
    make_user("ada", email="ada@example.org")

    field = PersonalField.objects.get(field="email")
    expected = hashlib.sha256(f"{field.salt}ada@example.org".encode()).hexdigest()
    assert len(field.salt) == 32
    assert field.event.data["email"] == {"commitment": expected}


def test_the_same_name_has_another_commitment_in_each_event() -> None:
    ada = make_user("ada")

    record_sign_in(ada, actor=acting(ada))
    record_sign_in(ada, actor=acting(ada))

    first, second = AuditEvent.objects.filter(name="user:signed_in")
    assert first.data["actor_name"] != second.data["actor_name"]


def test_usernames_of_members_are_committed_to() -> None:
    organization = make_organization("savanna", make_user("ada"))

    event = AuditEvent.objects.get(name="organization:role_given")
    assert organization.namespace_id == event.namespace_id
    assert event.data["member"].keys() == {"commitment"}
    assert PersonalField.objects.get(event=event, field="member").value == "ada"


def test_an_action_that_is_rolled_back_leaves_no_event() -> None:
    ada = make_user("ada")
    before = (
        AuditEvent.objects.count(),
        PersonalField.objects.count(),
        UnsealedEvent.objects.count(),
    )

    with transaction.atomic():
        record_sign_in(ada, actor=acting(ada))
        transaction.set_rollback(True)

    assert (
        AuditEvent.objects.count(),
        PersonalField.objects.count(),
        UnsealedEvent.objects.count(),
    ) == before


def test_a_refused_action_leaves_no_event() -> None:
    organization = make_organization("savanna")
    stranger = make_user("mallory")
    before = AuditEvent.objects.count()

    with pytest.raises(DomainError):
        give_role(organization, stranger, role="owner", actor=acting(stranger))

    assert AuditEvent.objects.count() == before


def test_what_a_database_cannot_store_in_text_is_replaced() -> None:
    ada = make_user("ada")

    with transaction.atomic():
        emit(UserSignedIn(actor=acting(ada), subject=f"user:{ada.pk}", reason="a\0b\ud800c"))

    assert AuditEvent.objects.latest("id").data["reason"] == "a\ufffdb?c"


def test_an_event_that_cannot_be_written_stops_its_change() -> None:
    ada = make_user("ada")
    before = AuditEvent.objects.count()

    with pytest.raises(TypeError, match="cannot hold"):
        _rename_with_an_event_of(object(), ada)

    ada.refresh_from_db()
    assert ada.display_name == ""
    assert AuditEvent.objects.count() == before


@transaction.atomic
def _rename_with_an_event_of(value: Any, user: User) -> None:
    user.display_name = "changed"
    user.save()
    emit(OrganizationCreated(actor=acting(user), subject="organization:1", preset=value))


def test_no_event_class_takes_a_name_that_the_record_needs() -> None:
    needed = {"actor_name", "actor_address", "label", "reason"} - {f.name for f in fields(Event)}
    for event in all_events().values():
        assert not needed & {f.name for f in fields(event)}, event.name
