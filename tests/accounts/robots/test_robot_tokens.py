from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.robots.actions import create_robot_token, disable_robot, revoke_robot_token
from accounts.robots.actions import rotate_robot_token as rotate
from accounts.robots.queries import get_robot_token, robot_token_page
from accounts.tokens.actions import actor_for_secret
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
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

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def account(organization):
    return make_robot(organization, roles=("contributor",))


def in_days(days):
    return timezone.now() + timedelta(days=days)


def test_a_token_stands_for_the_account_in_its_organisation_alone(organization, account):
    with recording() as events:
        token, secret = make_robot_token(account)

    actor = actor_with(secret)
    assert actor.user == account.user
    assert actor.namespaces == frozenset({organization.namespace_id})
    assert token.default_namespace == organization.namespace
    assert names(events) == ["robot:token_created"]


def test_an_admin_makes_tokens(organization, account):
    admin = add_member(organization, make_user("admin1"), "admin")

    token, _secret = make_robot_token(account, by=admin)

    assert token.created_by == admin


def test_a_maintainer_makes_none(organization, account):
    eve = add_member(organization, make_user("eve"), "maintainer")

    with recording() as events, pytest.raises(Forbidden):
        make_robot_token(account, by=eve)

    assert events == []


def test_a_token_of_an_owner_makes_none(account, owner):
    with pytest.raises(Forbidden, match="token may not"):
        create_robot_token(
            account,
            "x",
            scope="read",
            expires_at=in_days(1),
            actor=actor_of(make_token(owner, scope="admin")),
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scope": "everything"}, "scope"),
        ({"name": " "}, "name"),
        ({"days": 400}, "expires_at"),
        ({"days": -1}, "expires_at"),
    ],
)
def test_what_is_wrong_is_named(account, owner, changes, field):
    asked = {"name": "server", "scope": "read", "days": 30} | changes

    with pytest.raises(Invalid) as refused:
        create_robot_token(
            account,
            asked["name"],
            scope=asked["scope"],
            expires_at=in_days(asked["days"]),
            actor=acting(owner),
        )

    assert refused.value.field == field


def test_a_disabled_account_gets_none(account, owner):
    disable_robot(account, reason="Not used.", actor=acting(owner))

    with pytest.raises(Conflict, match="disabled"):
        make_robot_token(account)


def test_a_rotated_token_ends_at_once(account, owner):
    token, secret = make_robot_token(account)

    with recording() as events:
        made, fresh = rotate(account, token, actor=acting(owner))

    assert actor_for_secret(secret) is None
    assert actor_with(fresh).rights == frozenset(token.rights)
    assert made.name == token.name
    assert names(events) == ["robot:token_rotated", "token:revoked"]


def test_both_tokens_work_during_the_overlap(account, owner, time_machine_at):
    token, secret = make_robot_token(account)

    _made, fresh = rotate(account, token, overlap=timedelta(days=1), actor=acting(owner))

    assert actor_for_secret(secret)
    assert actor_for_secret(fresh)
    with time_machine_at(in_days(2)):
        assert actor_for_secret(secret) is None
        assert actor_for_secret(fresh)


def test_a_token_is_rotated_once(account, owner):
    token, _secret = make_robot_token(account)
    rotate(account, token, overlap=timedelta(days=1), actor=acting(owner))

    with recording() as events, pytest.raises(Conflict):
        rotate(account, token, actor=acting(owner))

    assert events == []


def test_a_token_is_revoked(account, owner):
    token, secret = make_robot_token(account)

    with recording() as events:
        revoke_robot_token(account, token, actor=acting(owner))
        revoke_robot_token(account, token, actor=acting(owner))

    assert actor_for_secret(secret) is None
    assert robot_token_page(account, actor=acting(owner)).rows == []
    assert names(events) == ["token:revoked"]


def test_a_token_of_another_account_is_not_found(organization, account, owner):
    other = make_robot(organization, "other")
    token, _secret = make_robot_token(other)

    with pytest.raises(NotFound):
        get_robot_token(account, token.pk, actor=acting(owner))
    with pytest.raises(NotFound):
        revoke_robot_token(account, token, actor=acting(owner))
