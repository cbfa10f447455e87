import pytest
from django.db import connection, transaction

from accounts.authz.policy import Right, Role
from accounts.orgs.actions import appoint_owner, take_role
from accounts.orgs.queries import (
    has_owner,
    member_count,
    member_page,
    organizations_without_owner,
    people_with_right,
    roles_of,
)
from accounts.tokens.actions import actor_for_secret
from accounts.users.models import User
from accounts.users.queries import get_account, get_user
from accounts.users.suspension import readmit_user, suspend_user
from governance.reviews.gathering import review_of
from hub.core.actor import SYSTEM
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from models_catalog.repos.actions import create_repo
from models_catalog.repos.models import Repo
from tests.accounts.recording import names, recording
from tests.factories.people import (
    acting,
    actor_of,
    actor_with,
    add_member,
    make_organization,
    make_robot,
    make_robot_token,
    make_token,
    make_user,
)
from tests.factories.reviews import approve, finish_scan, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def chief():
    return make_user("chief", is_superuser=True)


@pytest.fixture
def ada():
    return make_user("ada")


def test_an_administrator_suspends_somebody_with_a_reason(chief, ada):
    with recording() as events:
        suspend_user(ada, reason="The account was stolen.", actor=acting(chief))

    stored = User.objects.get(pk=ada.pk)
    assert (stored.is_active, stored.suspended_reason) == (False, "The account was stolen.")
    assert names(events) == ["user:suspended"]


def test_the_hub_itself_may(ada):
    suspend_user(ada, reason="Asked for by mail.", actor=SYSTEM)

    assert not User.objects.get(pk=ada.pk).is_active


@pytest.mark.parametrize("who", ["owner", "security", "token"])
def test_nobody_else_may(chief, ada, who):
    actor = {
        "owner": lambda: acting(make_user("owner")),
        "security": lambda: acting(make_user("guard", is_instance_security=True)),
        "token": lambda: actor_of(make_token(chief, scope="admin")),
    }[who]()

    with recording() as events, pytest.raises(Forbidden):
        suspend_user(ada, reason="Because.", actor=actor)

    assert User.objects.get(pk=ada.pk).is_active
    assert events == []


def test_nobody_suspends_themselves(chief):
    with pytest.raises(Forbidden, match="yourself"):
        suspend_user(chief, reason="Holidays.", actor=acting(chief))


def test_a_reason_is_needed(chief, ada):
    with recording() as events, pytest.raises(Invalid):
        suspend_user(ada, reason=" ", actor=acting(chief))

    assert events == []


def test_a_service_account_is_not_suspended(chief):
    robot = make_robot(make_organization())

    with pytest.raises(Invalid, match="disabled"):
        suspend_user(robot.user, reason="Because.", actor=acting(chief))


def test_a_second_time_is_refused_and_not_recorded(chief, ada):
    suspend_user(ada, reason="Stolen.", actor=acting(chief))

    with recording() as events, pytest.raises(Conflict):
        suspend_user(ada, reason="Stolen.", actor=acting(chief))

    assert events == []


def test_sessions_end(chief, ada, client):
    client.force_login(ada)
    assert client.get("/settings/profile").status_code == 200

    suspend_user(ada, reason="Stolen.", actor=acting(chief))
    ended = client.get("/settings/profile")
    readmit_user(get_account("ada"), actor=acting(chief))

    assert ended.status_code == 302
    assert client.get("/settings/profile").status_code == 302


def test_every_token_whose_secret_they_know_ends_for_good(chief, ada):
    organization = make_organization("savanna", ada)
    robot = make_robot(organization)
    own, given = make_token(ada), make_robot_token(robot, by=ada)

    with recording() as events:
        suspend_user(ada, reason="Stolen.", actor=acting(chief))
    readmit_user(get_account("ada"), actor=acting(chief))

    assert actor_for_secret(own[1]) is None
    assert actor_for_secret(given[1]) is None
    assert names(events) == ["user:suspended", "token:revoked", "token:revoked"]


def test_the_tokens_of_others_go_on(chief, ada):
    organization = make_organization("savanna", ada)
    admin = add_member(organization, make_user("admin1"), "admin")
    secret = make_robot_token(make_robot(organization), by=admin)[1]

    suspend_user(ada, reason="Stolen.", actor=acting(chief))

    assert actor_with(secret).user


def test_they_are_found_by_nobody_but_who_lets_them_in(chief, ada):
    suspend_user(ada, reason="Stolen.", actor=acting(chief))

    with pytest.raises(NotFound):
        get_user("ada")
    assert get_account("ADA") == ada


def test_they_are_no_reviewer_any_more(chief):
    scene = make_scene()
    finish_scan(scene.change.head)
    reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, reviewer)
    assert len(review_of(scene.change).counting) == 1

    suspend_user(reviewer, reason="Stolen.", actor=acting(chief))

    review = review_of(scene.change)
    assert list(review.counting) == []
    assert reviewer.pk not in review.bench.reviewers


def test_their_roles_wait_for_them(chief, ada):
    organization = make_organization()
    add_member(organization, ada, "admin")

    suspend_user(ada, reason="Stolen.", actor=acting(chief))

    assert member_count(organization) == 1
    assert ada not in [each.user for each in member_page(organization).members]
    assert ada in [each.user for each in member_page(organization, with_suspended=True).members]
    assert ada not in people_with_right(Right.MEMBERS, organization=organization)
    readmit_user(get_account("ada"), actor=acting(chief))
    assert roles_of(organization, [ada])[ada.pk] == (Role.ADMIN,)
    assert member_count(organization) == 2


def test_the_last_owner_can_be_suspended_and_another_is_appointed(chief, ada):
    organization = make_organization("savanna", ada)
    bea = add_member(organization, make_user("bea"), "admin")

    suspend_user(ada, reason="Stolen.", actor=acting(chief))
    assert list(organizations_without_owner(once_of=ada)) == [organization]
    with recording() as events:
        appoint_owner(organization, bea, reason="Ada is suspended.", actor=acting(chief))

    assert has_owner(organization)
    assert names(events) == ["organization:role_given", "organization:owner_appointed"]
    assert not organizations_without_owner(once_of=ada).exists()


def test_an_owner_who_is_left_stays_when_another_is_suspended(chief, ada):
    organization = make_organization("savanna", ada)
    bea = add_member(organization, make_user("bea"), "owner")
    suspend_user(ada, reason="Stolen.", actor=acting(chief))

    with pytest.raises(Conflict, match="needs an owner"):
        take_role(organization, bea, role="owner", actor=acting(bea))


def test_an_organisation_with_an_owner_is_given_none(chief, ada):
    organization = make_organization("savanna", ada)
    bea = add_member(organization, make_user("bea"), "admin")

    with recording() as events, pytest.raises(Conflict, match="has an owner"):
        appoint_owner(organization, bea, reason="I prefer her.", actor=acting(chief))

    assert roles_of(organization, [bea])[bea.pk] == (Role.ADMIN,)
    assert events == []


def test_a_stranger_is_not_appointed(chief, ada):
    organization = make_organization("savanna", ada)
    suspend_user(ada, reason="Stolen.", actor=acting(chief))

    with pytest.raises(Invalid, match="not a member"):
        appoint_owner(organization, make_user("eve"), reason="Why not.", actor=acting(chief))


def test_who_is_not_suspended_is_not_let_in(chief, ada):
    with pytest.raises(Conflict):
        readmit_user(ada, actor=acting(chief))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time"
)
def test_what_they_have_not_finished_is_undone(chief, ada, at_once, until_somebody_waits):
    actor = acting(ada)

    with transaction.atomic():
        suspend_user(get_account("ada"), reason="Stolen.", actor=acting(chief))
        late = at_once(lambda: create_repo("late", namespace=ada.namespace, actor=actor))
        until_somebody_waits()

    with pytest.raises(Forbidden, match="suspended"):
        late.result(5)
    assert not Repo.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time"
)
def test_of_two_administrators_who_suspend_each_other_one_stays(chief, outcomes):
    rival = make_user("rival", is_superuser=True)

    told = outcomes(
        lambda: suspend_user(get_account("rival"), reason="Stolen.", actor=acting(chief)),
        lambda: suspend_user(get_account("chief"), reason="Stolen.", actor=acting(rival)),
    )

    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1
    assert sum(isinstance(each, Forbidden) for each in told) == 1
