from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.users.actions import record_sign_in
from governance.audit.actions import redact_personal, seal
from governance.audit.models import AuditEvent, PersonalField
from governance.audit.signing_key import trusted_keys
from governance.audit.verification import verify_record
from hub.core.actor import ANONYMOUS, SYSTEM, Actor, Means
from hub.core.errors import Forbidden, Invalid
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

REASON = "They asked to be forgotten."


def _values() -> set[str | None]:
    return set(PersonalField.objects.exclude(value=None).values_list("value", flat=True))


def test_a_person_goes_from_everything_that_names_them() -> None:
    ada, grace = make_user("ada"), make_user("grace")
    add_member(make_organization("savanna", ada), grace, "reviewer")
    record_sign_in(grace, actor=Actor(user=grace, means=Means.SESSION, address="192.0.2.7"))

    redact_personal(grace, reason=REASON, actor=SYSTEM)

    assert not _values() & {"grace", "grace@example.org", "192.0.2.7"}
    assert {"ada", "ada@example.org"} <= _values()


def test_salts_go_with_the_values() -> None:
    ada = make_user("ada")

    redact_personal(ada, reason=REASON, actor=SYSTEM)

    assert set(PersonalField.objects.filter(value=None).values_list("salt", flat=True)) == {""}


def test_one_event_can_be_redacted_alone() -> None:
    ada = make_user("ada")
    record_sign_in(ada, actor=acting(ada))
    event = AuditEvent.objects.latest("id")

    redact_personal(event, reason=REASON, actor=SYSTEM)

    assert set(event.personal_fields.values_list("value", flat=True)) == {None}
    assert "ada" in _values()


def test_the_chain_verifies_as_before() -> None:
    ada = make_user("ada")
    seal()
    digest = AuditEvent.objects.get().seal.digest

    redact_personal(ada, reason=REASON, actor=SYSTEM)
    seal()

    assert AuditEvent.objects.get(name="user:registered").seal.digest == digest
    assert verify_record(trusted_keys()).sealed == 2


def test_redacting_is_itself_in_the_record_without_the_name() -> None:
    ada, warden = make_user("zuzu"), make_user("warden", is_superuser=True)

    values = redact_personal(ada, reason=REASON, actor=acting(warden))

    event = AuditEvent.objects.latest("id")
    assert (event.name, event.subject, event.actor_id) == (
        "audit:personal_data_redacted",
        f"user:{ada.pk}",
        warden.pk,
    )
    assert (event.data["values"], event.data["reason"]) == (values, REASON)
    assert "zuzu" not in str(event.data)


def test_only_administrators_of_the_hub_may_do_it() -> None:
    ada, warden = make_user("ada"), make_user("warden", is_superuser=True)
    before = _values(), AuditEvent.objects.count()
    with_token = replace(acting(warden), means=Means.TOKEN, rights=frozenset({"read_audit"}))

    for actor in (ANONYMOUS, acting(ada), with_token):
        with pytest.raises(Forbidden):
            redact_personal(ada, reason=REASON, actor=actor)

    assert (_values(), AuditEvent.objects.count()) == before


def test_a_reason_is_needed() -> None:
    ada = make_user("ada")
    before = _values(), AuditEvent.objects.count()

    with pytest.raises(Invalid):
        redact_personal(ada, reason="  ", actor=SYSTEM)

    assert (_values(), AuditEvent.objects.count()) == before


def test_an_administrator_does_it_on_the_command_line() -> None:
    make_user("zuzu")
    warden = make_user("warden", is_superuser=True)

    call_command("redact_audit", "zuzu", by="warden", reason=REASON, stdout=StringIO())

    assert "zuzu" not in _values()
    event = AuditEvent.objects.latest("id")
    assert (event.actor_id, event.means) == (warden.pk, "command")


def test_nobody_else_does_it_on_the_command_line() -> None:
    make_user("zuzu")
    make_user("ada")
    before = _values(), AuditEvent.objects.count()

    for user, by in (("zuzu", "ada"), ("zuzu", "nobody"), ("nobody", "ada")):
        with pytest.raises(CommandError):
            call_command("redact_audit", user, by=by, reason=REASON)

    assert (_values(), AuditEvent.objects.count()) == before
