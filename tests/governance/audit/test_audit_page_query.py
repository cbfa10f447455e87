from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.orgs.actions import describe_organization, give_role, take_role
from accounts.orgs.models import Organization
from accounts.users.actions import record_sign_in
from accounts.users.models import User
from governance.audit.actions import redact_personal, seal
from governance.audit.models import AuditEvent
from governance.audit.queries import (
    PAGE,
    AuditFilters,
    AuditPage,
    audit_export,
    audit_page,
    chain_state,
)
from hub.core.actor import ANONYMOUS, SYSTEM, Actor, Means
from hub.core.errors import Forbidden, Invalid, SignInRequired
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

EVERYTHING = AuditFilters()


@pytest.fixture
def ada() -> User:
    return make_user("ada")


@pytest.fixture
def savanna(ada: User) -> Organization:
    return make_organization("savanna", ada)


def _page(
    organization: Organization, actor: Actor, filters: AuditFilters = EVERYTHING
) -> AuditPage:
    return audit_page(organization.namespace, filters=filters, actor=actor)


def _sentences(page: AuditPage) -> list[str]:
    return [f"{row.actor} {row.sentence}" for row in page.rows]


def test_events_are_told_newest_first(savanna: Organization, ada: User) -> None:
    grace = add_member(savanna, make_user("grace"), "reviewer")
    take_role(savanna, grace, role="reviewer", actor=acting(ada))

    told = _sentences(_page(savanna, acting(ada)))

    assert told[0] == "ada ended the membership of grace in savanna"
    assert told[1] == "ada took the role Reviewer in savanna from grace"
    assert told[-1] == "ada founded savanna with the preset “light”"


def test_only_events_of_the_namespace_are_listed(savanna: Organization, ada: User) -> None:
    make_organization("other")

    assert not [text for text in _sentences(_page(savanna, acting(ada))) if "other" in text]


@pytest.mark.parametrize("role", ["owner", "admin", "auditor"])
def test_those_who_may_read_the_audit_log_read_it(savanna: Organization, role: str) -> None:
    grace = add_member(savanna, make_user("grace"), "reader")
    give_role(savanna, grace, role=role, actor=acting(savanna.created_by))

    assert _page(savanna, acting(grace)).rows


@pytest.mark.parametrize(
    "role", ["maintainer", "contributor", "reviewer", "security_reviewer", "reader"]
)
def test_other_roles_do_not(savanna: Organization, role: str) -> None:
    grace = add_member(savanna, make_user("grace"), role)

    with pytest.raises(Forbidden):
        _page(savanna, acting(grace))
    with pytest.raises(Forbidden):
        audit_export(savanna.namespace, filters=EVERYTHING, actor=acting(grace))


def test_strangers_do_not(savanna: Organization) -> None:
    with pytest.raises(SignInRequired):
        _page(savanna, ANONYMOUS)
    with pytest.raises(Forbidden):
        _page(savanna, acting(make_user("mallory")))


def test_administering_the_hub_is_not_enough(savanna: Organization) -> None:
    with pytest.raises(Forbidden):
        _page(savanna, acting(make_user("warden", is_superuser=True)))


def test_a_token_without_the_right_does_not(savanna: Organization, ada: User) -> None:
    token = replace(acting(ada), means=Means.TOKEN, rights=frozenset({"read_models"}))

    with pytest.raises(Forbidden):
        _page(savanna, token)


def test_people_read_what_happened_to_their_own_account_and_nobody_else_does(ada: User) -> None:
    record_sign_in(ada, actor=replace(acting(ada), address="192.0.2.7"))

    page = audit_page(ada.namespace, filters=EVERYTHING, actor=acting(ada))

    assert _sentences(page)[0] == "ada signed in as ada"
    assert page.rows[0].details["address"] == "192.0.2.7"
    with pytest.raises(Forbidden):
        audit_page(ada.namespace, filters=EVERYTHING, actor=acting(make_user("mallory")))


def test_an_organisation_does_not_see_where_people_were(savanna: Organization, ada: User) -> None:
    there = replace(acting(ada), address="192.0.2.7")
    describe_organization(savanna, display_name="Savanna", description="", contact="", actor=there)

    row = _page(savanna, acting(ada)).rows[0]

    assert row.name == "organization:described"
    assert "192.0.2.7" not in str(row)


def test_redacted_names_say_so(savanna: Organization, ada: User) -> None:
    grace = add_member(savanna, make_user("grace"), "reviewer")
    redact_personal(grace, reason="They asked.", actor=SYSTEM)

    told = _sentences(_page(savanna, acting(ada)))

    assert "ada invited redacted to savanna as Reviewer" in told
    assert not [text for text in told if "grace" in text]


def test_rows_can_be_narrowed(savanna: Organization, ada: User) -> None:
    grace = add_member(savanna, make_user("grace"), "reviewer")
    give_role(savanna, grace, role="auditor", actor=acting(ada))

    def names(**filters: object) -> set[str]:
        found = _page(savanna, acting(ada), AuditFilters(**filters))  # type: ignore[arg-type]
        return {row.name for row in found.rows}

    today = datetime.now(UTC).date()
    assert names(name="organization:created") == {"organization:created"}
    assert "organization:created" not in names(actor="Grace")
    assert "organization:invitation_answered" in names(actor="grace")
    assert names(actor="nobody") == names(actor="hub") == set()
    assert names(since=today, until=today) == names()
    assert names(since=today + timedelta(days=1)) == names(until=today - timedelta(days=1)) == set()


def test_pages_join_without_gap_or_repetition(savanna: Organization, ada: User) -> None:
    _happen(savanna, 2 * PAGE + 10)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        found = audit_page(savanna.namespace, filters=EVERYTHING, actor=acting(ada), cursor=cursor)
        seen += [row.public_id for row in found.rows]
        cursor = found.page.next_cursor
        if cursor is None:
            break

    assert (
        len(seen)
        == len(set(seen))
        == AuditEvent.objects.filter(namespace_id=savanna.namespace_id).count()
    )


def test_an_export_holds_every_page(savanna: Organization, ada: User) -> None:
    _happen(savanna, 2 * PAGE + 10)

    rows = list(audit_export(savanna.namespace, filters=EVERYTHING, actor=acting(ada)))

    assert len(rows) == AuditEvent.objects.filter(namespace_id=savanna.namespace_id).count()
    assert rows[0].happened_at >= rows[-1].happened_at


@pytest.mark.parametrize(
    "cursor", ["x", "WzAsIngiLDFd", "WzAsIjIwMjAtMDEtMDFUMDA6MDA6MDArMDA6MDAiLCJ4Il0"]
)
def test_a_damaged_cursor_is_refused(savanna: Organization, ada: User, cursor: str) -> None:
    with pytest.raises(Invalid):
        audit_page(savanna.namespace, filters=EVERYTHING, actor=acting(ada), cursor=cursor)


def test_a_page_costs_the_same_with_one_row_and_with_many(ada: User, savanna: Organization) -> None:
    with CaptureQueriesContext(connection) as few:
        _page(savanna, acting(ada), AuditFilters(name="organization:created"))
    _happen(savanna, 20)
    seal()
    with CaptureQueriesContext(connection) as many:
        _page(savanna, acting(ada))

    assert len(many) == len(few)


def test_the_state_of_the_chain_is_told(ada: User) -> None:
    before = chain_state()
    seal()
    after = chain_state()

    assert (before.sealed_up_to, before.signed_at, before.is_waiting) == (0, None, True)
    assert (after.sealed_up_to, after.signed_up_to, after.is_waiting) == (1, 1, False)
    assert after.signed_at is not None
    assert len(after.key_id) == 64


def _happen(organization: Organization, times: int) -> None:
    moment = datetime.now(UTC)
    AuditEvent.objects.bulk_create(
        AuditEvent(
            name="organization:described",
            means="none",
            subject="",
            namespace_id=organization.namespace_id,
            data={"label": "savanna", "reason": "", "actor_name": "anonymous"},
            happened_at=moment,  # all the same: only the id tells them apart
        )
        for _ in range(times)
    )
