from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.orgs.models import Organization
from accounts.robots.models import ServiceAccount
from accounts.robots.queries import get_robot
from accounts.teams.queries import teams_of_person
from accounts.tokens.actions import actor_for_secret
from accounts.users.models import User
from tests.accounts.api.callers import Browser
from tests.accounts.recording import names, recording
from tests.factories.api import Program
from tests.factories.people import (
    acting,
    actor_with,
    add_member,
    make_organization,
    make_robot,
    make_robot_token,
    make_team,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.data]
ORG = "/orgs/savanna"
CI = f"{ORG}/service-accounts/savanna-ci"


@pytest.fixture
def owner():
    return make_user("ada")


@pytest.fixture
def savanna(owner):
    return make_organization("savanna", owner)


def in_a_month():
    return (timezone.now() + timedelta(days=30)).isoformat()


def test_a_team_is_made_filled_and_left(savanna, owner):
    wanda = add_member(savanna, make_user("wanda"), "reader")
    ada = Program(owner)

    made = ada("POST", f"{ORG}/teams", {"name": "field"})
    ada("POST", f"{ORG}/teams/field/members", {"username": "wanda"})
    listed = Program(wanda)("GET", "/me/teams").json()["items"]
    left = Program(wanda)("DELETE", f"{ORG}/teams/field/members/wanda")

    assert made.headers["Location"].endswith("/orgs/savanna/teams/field")
    assert [(team["name"], team["members"]) for team in listed] == [("field", 1)]
    assert left.status_code == 204
    assert not teams_of_person(wanda).exists()


def test_a_team_renamed_to_a_taken_name_keeps_its_description(savanna, owner):
    make_team(savanna)
    make_team(savanna, "station")

    answer = Program(owner)("PATCH", f"{ORG}/teams/field", {"name": "station", "description": "x"})

    assert answer.status_code == 409
    assert Program(owner)("GET", f"{ORG}/teams/field").json()["description"] == ""


def test_a_stranger_is_answered_the_same_for_a_team_that_is_and_one_that_is_not(savanna):
    make_team(savanna)
    stan = Program(make_user("stan"))

    here, nowhere = (stan("GET", f"{ORG}/teams/{name}") for name in ("field", "nothing"))

    assert here.status_code == 404
    assert here.content == nowhere.content


def test_a_service_account_comes_with_its_roles(savanna, owner):
    answer = Program(owner)(
        "POST",
        f"{ORG}/service-accounts",
        {"name": "ci", "purpose": "Nightly.", "responsible": "ada", "roles": ["contributor"]},
    )

    assert answer.status_code == 201
    assert answer.json()["name"] == "savanna-ci"
    assert [role["code"] for role in answer.json()["roles"]] == ["contributor"]


@pytest.mark.parametrize("roles", [["owner"], ["reviewer"]])
def test_a_service_account_with_a_role_that_decides_is_not_made(savanna, owner, roles):
    asked = {"name": "ci", "purpose": "Nightly.", "responsible": "ada", "roles": roles}

    assert Program(owner)("POST", f"{ORG}/service-accounts", asked).status_code == 400
    assert not ServiceAccount.objects.exists()


def test_the_secret_of_a_token_is_answered_once(savanna, owner):
    make_robot(savanna)
    ada = Browser(owner)

    made = ada(
        "POST", f"{CI}/tokens", {"name": "build", "scope": "write", "expires_at": in_a_month()}
    )
    listed = ada("GET", f"{CI}/tokens")

    secret = made.json()["secret"]
    assert made.headers["Cache-Control"] == "no-store"
    assert actor_with(secret).label == "savanna-ci"
    assert secret not in listed.content.decode()
    assert [token["created_by"] for token in listed.json()["items"]] == ["ada"]


def test_a_token_is_rotated_with_an_overlap(savanna, owner):
    token, old = make_robot_token(make_robot(savanna))

    answer = Browser(owner)("POST", f"{CI}/tokens/{token.pk}/rotate", {"overlap_hours": 24})

    assert actor_for_secret(old) is not None
    assert actor_with(answer.json()["secret"]).label == "savanna-ci"


def test_the_owner_changes_what_new_models_begin_with(savanna, owner):
    ada = Program(owner)

    with recording() as events:
        answer = ada("PATCH", ORG, {"default_visibility": "internal"})

    assert answer.json()["default_visibility"] == "internal"
    assert Organization.objects.get().default_visibility == "internal"
    assert names(events) == ["organization:defaults_changed"]


def test_a_new_model_begins_as_the_organisation_says(savanna, owner):
    Program(owner)("PATCH", ORG, {"default_visibility": "private"})

    answer = Program(owner)("POST", "/models", {"namespace": "savanna", "name": "karibu"})

    assert answer.json()["visibility"] == "private"


def test_an_administrator_suspends_and_lets_in(savanna, owner):
    chief = Browser(make_user("chief", is_superuser=True))

    begun = chief("POST", "/users/ada/suspension", {"reason": "Stolen."})
    read = chief("GET", "/users/ada/suspension")
    ended = chief("DELETE", "/users/ada/suspension")

    assert begun.json()["without_owner"] == ["savanna"]
    assert read.json()["reason"] == "Stolen."
    assert ended.status_code == 204
    assert User.objects.get(pk=owner.pk).is_active


def test_an_administrator_appoints_an_owner_where_none_can_act(savanna, owner):
    add_member(savanna, make_user("bea"), "admin")
    chief = Browser(make_user("chief", is_superuser=True))
    chief("POST", "/users/ada/suspension", {"reason": "Stolen."})

    answer = chief("POST", f"{ORG}/owner", {"username": "bea", "reason": "Ada is suspended."})

    assert answer.status_code == 204
    members = Program()("GET", f"{ORG}/members").json()["items"]
    assert [(each["username"], each["roles"][0]["code"]) for each in members] == [("bea", "owner")]


@pytest.mark.parametrize(
    "path",
    [
        "/me/teams",
        f"{ORG}/teams",
        f"{ORG}/teams/team0/members",
        f"{ORG}/service-accounts",
        f"{ORG}/service-accounts/savanna-r0/tokens",
    ],
)
@pytest.mark.parametrize("count", [1, 20])
def test_a_list_costs_the_same_however_long_it_is(
    savanna, owner, path, count, django_assert_num_queries
):
    for number in range(count):
        account = make_robot(savanna, f"r{number}", roles=("reader",))
        make_robot_token(account)
        make_team(savanna, f"team{number}", owner, account.user)
        make_robot_token(get_robot(savanna, "savanna-r0", actor=acting(owner)))
    costs = {
        "/me/teams": 4,
        f"{ORG}/teams": 6,
        f"{ORG}/teams/team0/members": 6,
        f"{ORG}/service-accounts": 8,
        f"{ORG}/service-accounts/savanna-r0/tokens": 10,
    }
    ada = Program(owner)
    ada("GET", path)

    with django_assert_num_queries(costs[path]):
        ada("GET", path)
