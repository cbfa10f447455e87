from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.robots.actions import change_robot, revoke_robot_token
from accounts.robots.queries import REMEMBERED, people_behind
from tests.factories.people import (
    acting,
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


@pytest.fixture
def admin(organization):
    return add_member(organization, make_user("admin1"), "admin")


def test_nobody_stands_behind_a_person(owner):
    assert people_behind([owner.pk]) == {owner.pk: frozenset()}


def test_behind_a_robot_stands_who_answers_for_it(organization, owner):
    robot = make_robot(organization).user_id

    assert people_behind([robot]) == {robot: {owner.pk}}


def test_behind_a_robot_stands_who_made_a_token_for_it(organization, owner, admin):
    account = make_robot(organization)
    make_robot_token(account, by=admin)

    assert people_behind([account.user_id]) == {account.user_id: {owner.pk, admin.pk}}


def test_revoking_the_token_wins_nobody_a_vote(organization, owner, admin, time_machine_at):
    account = make_robot(organization)
    token, _secret = make_robot_token(account, by=admin)

    revoke_robot_token(account, token, actor=acting(admin))

    assert admin.pk in people_behind([account.user_id])[account.user_id]
    with time_machine_at(timezone.now() + REMEMBERED + timedelta(days=1)):
        assert people_behind([account.user_id]) == {account.user_id: {owner.pk}}


def test_handing_the_robot_on_wins_nobody_a_vote(organization, owner, admin, time_machine_at):
    account = make_robot(organization)

    change_robot(account, purpose="Uploads.", responsible="admin1", actor=acting(owner))

    assert people_behind([account.user_id]) == {account.user_id: {owner.pk, admin.pk}}
    with time_machine_at(timezone.now() + REMEMBERED + timedelta(days=1)):
        assert people_behind([account.user_id]) == {account.user_id: {admin.pk}}


@pytest.mark.parametrize("count", [1, 20])
def test_they_cost_the_same_however_many_there_are(organization, count, django_assert_num_queries):
    robots = [make_robot(organization, f"r{number}").user_id for number in range(count)]

    with django_assert_num_queries(3):
        assert len(people_behind(robots)) == count
