import threading

import pytest
from django.db import connection, transaction

from accounts.authz.policy import Role
from accounts.orgs.actions import give_role, remove_member, set_roles, take_role
from accounts.orgs.queries import member_page, roles_of
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.accounts.recording import names, personal, recording
from tests.factories.people import (
    acting,
    actor_of,
    add_member,
    make_organization,
    make_token,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def admin(organization):
    return add_member(organization, make_user("admin1"), "admin")


@pytest.fixture
def ada(organization):
    return add_member(organization, make_user("ada"), "contributor")


def roles(organization, user):
    return set(roles_of(organization, [user]).get(user.pk, ()))


def test_an_admin_gives_a_member_another_role(organization, admin, ada):
    with recording() as events:
        give_role(organization, ada, role="reviewer", actor=acting(admin))

    assert roles(organization, ada) == {Role.CONTRIBUTOR, Role.REVIEWER}
    assert names(events) == ["organization:role_given"]
    assert personal(events[0], "member") == "ada"


def test_a_stranger_may_not_even_set_the_roles_that_are_held(organization, ada):
    eve = acting(make_user("eve"))

    with recording() as events, pytest.raises(Forbidden, match="Invite people"):
        set_roles(organization, ada, roles=["contributor"], actor=eve)

    assert events == []


def test_giving_a_role_twice_is_refused_and_recorded_once(organization, admin, ada):
    with recording() as events, pytest.raises(Conflict, match="already"):
        give_role(organization, ada, role="contributor", actor=acting(admin))

    assert events == []


def test_strangers_are_invited_and_not_given_roles(organization, admin):
    with pytest.raises(Invalid, match="Invite them"):
        give_role(organization, make_user("eve"), role="reader", actor=acting(admin))


def test_an_unknown_role_is_refused(organization, admin, ada):
    with pytest.raises(Invalid, match="not a role"):
        give_role(organization, ada, role="emperor", actor=acting(admin))


@pytest.mark.parametrize("role", ["owner", "security_reviewer"])
def test_an_admin_cannot_raise_themselves(organization, admin, role):
    with recording() as events, pytest.raises(Forbidden):
        give_role(organization, admin, role=role, actor=acting(admin))

    assert roles(organization, admin) == {Role.ADMIN}
    assert events == []


@pytest.mark.parametrize("role", ["owner", "security_reviewer"])
def test_an_admin_cannot_raise_an_accomplice(organization, admin, ada, role):
    with pytest.raises(Forbidden):
        set_roles(organization, ada, roles=["contributor", role], actor=acting(admin))

    assert roles(organization, ada) == {Role.CONTRIBUTOR}


def test_an_admin_cannot_unmake_an_owner(organization, owner, admin):
    with pytest.raises(Forbidden):
        take_role(organization, owner, role="owner", actor=acting(admin))


@pytest.mark.parametrize("role", ["maintainer", "contributor", "reviewer", "auditor", "reader"])
def test_nobody_below_an_admin_gives_or_takes_roles(organization, ada, role):
    eve = add_member(organization, make_user("eve"), role)

    with pytest.raises(Forbidden):
        give_role(organization, eve, role="auditor", actor=acting(eve))
    with pytest.raises(Forbidden):
        take_role(organization, ada, role="contributor", actor=acting(eve))


def test_the_last_owner_stays(organization, owner):
    with recording() as events, pytest.raises(Conflict, match="needs an owner"):
        take_role(organization, owner, role="owner", actor=acting(owner))

    assert roles(organization, owner) == {Role.OWNER}
    assert events == []


def test_an_owner_leaves_when_there_is_another(organization, owner, ada):
    give_role(organization, ada, role="owner", actor=acting(owner))

    take_role(organization, owner, role="owner", actor=acting(owner))

    assert roles(organization, owner) == set()


def test_an_owner_with_a_closed_account_does_not_count(organization, owner, ada):
    give_role(organization, ada, role="owner", actor=acting(owner))
    ada.is_active = False
    ada.save()

    with pytest.raises(Conflict, match="needs an owner"):
        take_role(organization, owner, role="owner", actor=acting(owner))


def test_people_lay_down_their_own_roles(organization, ada):
    with recording() as events:
        take_role(organization, ada, role="contributor", actor=acting(ada))

    assert roles(organization, ada) == set()
    assert names(events) == ["organization:role_taken", "organization:member_left"]


def test_a_role_that_is_not_held_cannot_be_taken(organization, admin, ada):
    with pytest.raises(NotFound, match="does not hold"):
        take_role(organization, ada, role="auditor", actor=acting(admin))


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_weak_token_does_not_leave_in_its_owners_name(organization, ada, scope):
    with pytest.raises(Forbidden, match="token"):
        remove_member(organization, ada, actor=actor_of(make_token(ada, scope=scope)))

    assert roles(organization, ada) == {Role.CONTRIBUTOR}


def test_a_token_for_another_organisation_does_not_leave_this_one(organization, ada):
    elsewhere = make_organization("tundra", ada)
    token = make_token(ada, scope="admin", organizations=(elsewhere,))

    with pytest.raises(Forbidden, match="token"):
        remove_member(organization, ada, actor=actor_of(token))


def test_setting_roles_gives_and_takes_what_differs(organization, admin, ada):
    with recording() as events:
        set_roles(organization, ada, roles=["reviewer", "auditor"], actor=acting(admin))

    assert roles(organization, ada) == {Role.REVIEWER, Role.AUDITOR}
    assert names(events) == ["organization:role_given"] * 2 + ["organization:role_taken"]


def test_setting_the_same_roles_changes_and_records_nothing(organization, admin, owner):
    with recording() as events:
        set_roles(organization, owner, roles=["owner"], actor=acting(admin))

    assert events == []


def test_setting_no_role_is_refused(organization, admin, ada):
    with pytest.raises(Invalid, match="at least one"):
        set_roles(organization, ada, roles=[], actor=acting(admin))


def test_roles_are_set_all_or_none(organization, admin, ada):
    with pytest.raises(Forbidden):
        set_roles(organization, ada, roles=["auditor", "security_reviewer"], actor=acting(admin))

    assert roles(organization, ada) == {Role.CONTRIBUTOR}


def test_removing_a_member_takes_every_role(organization, admin, ada):
    add_member(organization, ada, "auditor")

    with recording() as events:
        remove_member(organization, ada, actor=acting(admin))

    assert roles(organization, ada) == set()
    assert names(events) == ["organization:role_taken"] * 2 + ["organization:member_left"]


def test_an_admin_removes_no_security_reviewer(organization, admin, ada):
    add_member(organization, ada, "security_reviewer")

    with pytest.raises(Forbidden):
        remove_member(organization, ada, actor=acting(admin))

    assert roles(organization, ada) == {Role.CONTRIBUTOR, Role.SECURITY_REVIEWER}


def test_somebody_who_is_no_member_cannot_be_removed(organization, admin):
    with pytest.raises(NotFound):
        remove_member(organization, make_user("eve"), actor=acting(admin))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time"
)
def test_of_two_owners_who_leave_at_once_one_stays(organization, owner, ada):
    give_role(organization, ada, role="owner", actor=acting(owner))
    is_leaving, refusals = threading.Event(), []

    def leave_too():
        is_leaving.wait(5)
        try:
            take_role(organization, ada, role="owner", actor=acting(ada))
        except Conflict as refusal:
            refusals.append(refusal.message)
        finally:
            connection.close()

    rival = threading.Thread(target=leave_too)
    rival.start()
    with transaction.atomic():
        take_role(organization, owner, role="owner", actor=acting(owner))
        is_leaving.set()
        rival.join(0.5)  # it waits for this transaction to end
        assert rival.is_alive()
    rival.join(5)

    assert len(refusals) == 1
    assert Role.OWNER in roles(organization, ada)


def test_members_are_listed_once_by_name_in_pages(organization, owner, admin, ada):
    add_member(organization, ada, "auditor")

    first = member_page(organization, size=2)
    second = member_page(organization, size=2, cursor=first.next_cursor)

    assert [each.user.username for each in first.members] == ["ada", "admin1"]
    assert [each.user.username for each in second.members] == ["owner"]
    assert first.members[0].roles == (Role.CONTRIBUTOR, Role.AUDITOR)


def test_a_page_of_members_costs_the_same_however_many_there_are(
    organization, django_assert_max_num_queries
):
    for number in range(20):
        add_member(organization, make_user(f"member{number}"), "reader")

    with django_assert_max_num_queries(2):
        assert len(member_page(organization).members) == 21
