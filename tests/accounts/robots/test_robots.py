import pytest
from django.db import connection, transaction

from accounts.orgs.actions import create_organization, give_role, invite_member, remove_member
from accounts.orgs.queries import member_page, roles_of
from accounts.robots.actions import (
    change_robot,
    create_robot,
    disable_robot,
    enable_robot,
    set_robot_roles,
)
from accounts.robots.models import ServiceAccount
from accounts.robots.queries import get_robot, live_tokens_of, robot_page
from accounts.tokens.actions import actor_for_secret, create_token
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from models_catalog.repos.actions import create_repo
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import namespaces_to_create_in
from tests.accounts.recording import names, recording
from tests.factories.people import (
    acting,
    actor_of,
    actor_with,
    add_member,
    make_organization,
    make_robot,
    make_robot_token,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner)


def make(organization, actor, **changes):
    asked = {"name": "ci", "purpose": "Uploads at night.", "responsible": "owner"} | changes
    return create_robot(organization, **asked, actor=actor)


def test_an_admin_makes_a_service_account(organization):
    admin = add_member(organization, make_user("admin1"), "admin")

    with recording() as events:
        account = make(organization, acting(admin))

    assert account.user.username == "savanna-ci"
    assert account.user.is_robot
    assert account.responsible.username == "owner"
    assert names(events) == ["robot:created"]


@pytest.mark.parametrize("role", ["maintainer", "contributor", "reviewer", "auditor", "reader"])
def test_nobody_below_an_admin_makes_one(organization, role):
    eve = add_member(organization, make_user("eve"), role)

    with recording() as events, pytest.raises(Forbidden):
        make(organization, acting(eve))

    assert not ServiceAccount.objects.exists()
    assert events == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "c i"}, "name"),
        ({"purpose": " "}, "purpose"),
        ({"purpose": "x" * 501}, "purpose"),
        ({"responsible": "nobody"}, "responsible"),
        ({"responsible": "eve"}, "responsible"),
        ({"responsible": "savanna-other"}, "responsible"),
    ],
)
def test_what_is_missing_is_named(organization, owner, changes, field):
    make_user("eve")
    make_robot(organization, "other")

    with pytest.raises(Invalid) as refused:
        make(organization, acting(owner), **changes)

    assert refused.value.field == field


def test_a_name_is_given_out_once(organization, owner):
    make_robot(organization)

    with pytest.raises(Conflict):
        make(organization, acting(owner))


def test_it_can_do_nothing_at_first(organization, owner):
    account = make_robot(organization)
    robot = actor_with(make_robot_token(account, scope="admin")[1])
    repo = create_repo(
        "karibu", namespace=organization.namespace, visibility="private", actor=acting(owner)
    )

    assert not Repo.objects.visible_to(robot).filter(pk=repo.pk).exists()
    assert namespaces_to_create_in(actor=robot) == []


def test_it_adds_models_in_its_organisation_with_a_role(organization):
    account = make_robot(organization, roles=("contributor",))
    robot = actor_with(make_robot_token(account)[1])

    repo = create_repo("karibu", namespace=organization.namespace, actor=robot)

    assert repo.created_by == account.user


@pytest.mark.parametrize("role", ["owner", "admin", "reviewer", "security_reviewer"])
def test_it_is_given_no_role_that_decides(organization, owner, role):
    account = make_robot(organization, roles=("reader",))

    with recording() as events, pytest.raises(Invalid, match="decides about nothing"):
        set_robot_roles(account, roles=[role], actor=acting(owner))
    with pytest.raises(Invalid, match="decides about nothing"):
        give_role(organization, account.user, role=role, actor=acting(owner))

    assert [role.value for role in roles_of(organization, [account.user])[account.user_id]] == [
        "reader"
    ]
    assert events == []


def test_it_has_nothing_under_its_own_name(organization):
    account = make_robot(organization, roles=("contributor",))
    robot = actor_with(make_robot_token(account, scope="admin")[1])

    with pytest.raises(Forbidden):
        create_repo("karibu", namespace=account.user.namespace, actor=robot)


def test_it_founds_no_organisation_and_makes_no_token(organization):
    robot = acting(make_robot(organization).user)

    with pytest.raises(Forbidden, match="service account"):
        create_organization("tundra", preset="light", actor=robot)
    with pytest.raises(Forbidden, match="service account"):
        create_token("own", scope="read", actor=robot)


def test_it_is_invited_nowhere(organization, owner):
    elsewhere = make_organization("tundra", owner)
    make_robot(organization)

    with pytest.raises(Invalid, match="service account"):
        invite_member(elsewhere, username="savanna-ci", role="reader", actor=acting(owner))


def test_nobody_signs_in_as_one(organization, client):
    account = make_robot(organization)

    client.force_login(account.user)

    assert not account.user.has_usable_password()
    assert client.get("/settings/profile").status_code == 302


def test_it_is_no_member(organization):
    make_robot(organization, roles=("contributor",))

    assert [each.user.username for each in member_page(organization).members] == ["owner"]


def test_somebody_else_answers_for_it(organization, owner):
    ada = add_member(organization, make_user("ada"), "reader")
    account = make_robot(organization)

    with recording() as events:
        change_robot(account, purpose="Uploads.", responsible="ada", actor=acting(owner))

    assert get_robot(organization, "savanna-ci", actor=acting(owner)).responsible == ada
    assert names(events) == ["robot:changed"]


def test_the_same_words_again_are_no_event(organization, owner):
    account = make_robot(organization)

    with recording() as events:
        change_robot(account, purpose=account.purpose, responsible="owner", actor=acting(owner))

    assert events == []


def test_a_disabled_one_stops_at_once_and_for_good(organization, owner):
    account = make_robot(organization, roles=("contributor",))
    _token, secret = make_robot_token(account)

    with recording() as events:
        disable_robot(account, reason="The server was stolen.", actor=acting(owner))

    assert actor_for_secret(secret) is None
    assert names(events) == ["token:revoked", "robot:disabled"]
    assert events[0].namespace_id == organization.namespace_id
    enable_robot(account, actor=acting(owner))
    assert actor_for_secret(secret) is None


def test_it_is_disabled_once_and_with_a_reason(organization, owner):
    account = make_robot(organization)
    with pytest.raises(Invalid):
        disable_robot(account, reason=" ", actor=acting(owner))
    disable_robot(account, reason="Not used.", actor=acting(owner))

    with recording() as events, pytest.raises(Conflict):
        disable_robot(account, reason="Not used.", actor=acting(owner))

    assert events == []


@pytest.mark.parametrize("role", ["maintainer", "reader"])
def test_only_admins_see_them(organization, role):
    eve = add_member(organization, make_user("eve"), role)
    make_robot(organization)

    with pytest.raises(Forbidden):
        robot_page(organization, actor=acting(eve))


def test_one_of_another_organisation_is_not_found(organization, owner):
    make_robot(make_organization("tundra", owner))

    with pytest.raises(NotFound):
        get_robot(organization, "tundra-ci", actor=acting(owner))


@pytest.mark.parametrize("count", [1, 20])
def test_they_cost_the_same_however_many_there_are(
    organization, owner, count, django_assert_num_queries
):
    for number in range(count):
        make_robot_token(make_robot(organization, f"r{number:02}"))

    with django_assert_num_queries(4):
        accounts = robot_page(organization, actor=acting(owner)).rows
        live = live_tokens_of(accounts)
        told = [(each.user.name, each.responsible.name, live[each.pk]) for each in accounts]

    assert told == [(f"savanna-r{number:02}", "owner", 1) for number in range(count)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time"
)
def test_what_it_has_not_finished_when_it_is_disabled_is_undone(
    organization, owner, at_once, until_somebody_waits
):
    account = make_robot(organization, roles=("contributor",))
    robot = actor_of(make_robot_token(account))

    with transaction.atomic():
        disable_robot(account, reason="The server was stolen.", actor=acting(owner))
        late = at_once(lambda: create_repo("late", namespace=organization.namespace, actor=robot))
        until_somebody_waits()

    with pytest.raises(Forbidden, match="suspended or disabled"):
        late.result(5)
    assert not Repo.objects.filter(name="late").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time"
)
def test_disabling_waits_for_what_is_being_finished(
    organization, owner, at_once, until_somebody_waits
):
    account = make_robot(organization, roles=("contributor",))
    robot = actor_of(make_robot_token(account))

    with transaction.atomic():
        create_repo("early", namespace=organization.namespace, actor=robot)
        stop = at_once(lambda: disable_robot(account, reason="Stolen.", actor=acting(owner)))
        until_somebody_waits()

    stop.result(5)
    assert Repo.objects.filter(name="early").exists()
    with pytest.raises(Forbidden):
        create_repo("late", namespace=organization.namespace, actor=robot)


def test_who_answers_for_one_may_leave(organization, owner):
    ada = add_member(organization, make_user("ada"), "reader")
    account = make(organization, acting(owner), responsible="ada")

    remove_member(organization, ada, actor=acting(owner))

    account.refresh_from_db()
    assert account.responsible == ada
