"""Every endpoint of accounts, asked by every kind of caller."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.api.urls import urlpatterns
from accounts.orgs.actions import invite_member
from models_catalog.grants.actions import grant_repo
from tests.accounts.api.callers import Browser, routes_of, surprises
from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import (
    acting,
    add_member,
    make_organization,
    make_robot,
    make_robot_token,
    make_team,
    make_token,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.data]

ALL = {"else": 200}
PEOPLE = {"nobody": 401, "else": 200}
IN_PERSON = {"nobody": 401, "browser": 200, "chief": 200, "else": 403}
OWNER_IN_PERSON = {"nobody": 401, "browser": 201, "else": 403}
OWNERS = {"nobody": 401, "owner": 200, "browser": 200, "else": 403}
ADMINS = OWNERS | {"admin": 200}
CHIEFS = {"nobody": 401, "else": 403}
# Strangers and tokens for elsewhere do not learn of teams.
UNSEEN = {"nobody": 401, "stranger": 404, "guest": 404, "token for elsewhere": 404}
INSIDE = UNSEEN | {"chief": 404, "else": 200}
TEAM_ADMINS = ADMINS | UNSEEN | {"chief": 404}
SOON = (timezone.now() + timedelta(days=30)).isoformat()


@pytest.fixture
def world():
    owner = make_user("ada")
    savanna = make_organization("savanna", owner)
    elsewhere = make_organization("tundra", owner)
    reader = add_member(savanna, make_user("rita"), "reader")
    admin = add_member(savanna, make_user("adam"), "admin")
    wanda = add_member(savanna, make_user("wanda"), "contributor")
    make_team(savanna, "field", wanda)
    robot_token, _ = make_robot_token(make_robot(savanna))
    outsider = make_user("eve")
    grant_repo(
        make_repo("karibu", owner=owner, organization=savanna),
        outsider,
        role="reader",
        actor=acting(owner),
    )
    guest = make_user("guest")
    invitation = invite_member(savanna, username="guest", role="reader", actor=acting(owner))
    token, _ = make_token(owner)
    make_user("someone")
    callers = {
        "nobody": Program(),
        "stranger": Program(make_user("stan")),
        "guest": Program(guest),
        "reader": Program(reader),
        "admin": Program(admin),
        "owner": Program(owner),
        "read token": Program(owner, scope="read"),
        "write token": Program(owner, scope="write"),
        "token for elsewhere": Program(owner, organizations=(elsewhere,)),
        "browser": Browser(owner),
        "chief": Browser(make_user("chief", is_superuser=True)),
    }
    return callers, rows(invitation.pk, token.pk, robot_token.pk)


def rows(invitation, token, robot_token):
    new_token = {"name": "ci", "scope": "read", "expires_at": None}
    own_token = {"nobody": 401, "else": 404}
    invited = {"nobody": 401, "guest": 200, "else": 404}
    org = "/orgs/savanna"
    return [
        ("GET", "/me", None, PEOPLE),
        ("GET", "/me/profile", None, IN_PERSON),
        ("PATCH", "/me/profile", {"display_name": "Ada"}, IN_PERSON),
        ("GET", "/me/tokens", None, PEOPLE),
        ("POST", "/me/tokens", new_token, IN_PERSON | {"browser": 201, "chief": 201}),
        ("GET", f"/me/tokens/{token}", None, own_token | {"browser": 200}),
        ("DELETE", f"/me/tokens/{token}", None, own_token | {"browser": 204}),
        ("GET", "/me/orgs", None, PEOPLE),
        ("GET", "/me/invitations", None, PEOPLE),
        (
            "GET",
            f"/invitations/{invitation}",
            None,
            invited | {"admin": 200, "owner": 200, "browser": 200},
        ),
        (
            "POST",
            f"/invitations/{invitation}/answer",
            {"answer": "accept"},
            invited | {"admin": 403, "owner": 403, "browser": 403},
        ),
        ("GET", "/orgs", None, ALL),
        (
            "POST",
            "/orgs",
            {"name": "steppe", "preset": "light"},
            {
                "nobody": 401,
                "read token": 403,
                "write token": 403,
                "token for elsewhere": 403,
                "else": 201,
            },
        ),
        ("GET", org, None, ALL),
        ("PATCH", org, {"contact": "models@savanna.example"}, OWNERS),
        ("GET", f"{org}/members", None, ALL),
        ("GET", f"{org}/members/wanda", None, ALL),
        ("PATCH", f"{org}/members/wanda", {"roles": ["reader"]}, ADMINS),
        ("DELETE", f"{org}/members/wanda", None, _with(ADMINS, 204)),
        ("GET", f"{org}/roles", None, ALL),
        ("GET", f"{org}/outside-collaborators", None, ADMINS),
        ("DELETE", f"{org}/outside-collaborators/eve", None, _with(ADMINS, 204)),
        ("POST", f"{org}/owner", {"username": "wanda", "reason": "x"}, CHIEFS | {"chief": 409}),
        ("GET", "/users/wanda/suspension", None, CHIEFS | {"chief": 404}),
        ("POST", "/users/wanda/suspension", {"reason": "x"}, CHIEFS | {"chief": 201}),
        ("DELETE", "/users/wanda/suspension", None, CHIEFS | {"chief": 409}),
        ("GET", "/me/teams", None, PEOPLE),
        *_teams(f"{org}/teams"),
        *_robots(f"{org}/service-accounts", robot_token),
        ("GET", f"{org}/invitations", None, ADMINS),
        (
            "POST",
            f"{org}/invitations",
            {"username": "someone", "role": "reader"},
            _with(ADMINS, 201),
        ),
    ]


def _teams(teams):
    return [
        ("GET", teams, None, INSIDE),
        ("POST", teams, {"name": "station"}, _with(ADMINS, 201)),
        ("GET", f"{teams}/field", None, INSIDE),
        ("PATCH", f"{teams}/field", {"name": "meadow"}, TEAM_ADMINS),
        ("DELETE", f"{teams}/field", None, _with(TEAM_ADMINS, 204)),
        ("GET", f"{teams}/field/members", None, INSIDE),
        ("POST", f"{teams}/field/members", {"username": "rita"}, _with(TEAM_ADMINS, 201)),
        ("DELETE", f"{teams}/field/members/wanda", None, _with(TEAM_ADMINS, 204)),
    ]


def _robots(robots, token):
    new = {"name": "night", "purpose": "x", "responsible": "ada"}
    minted = {"name": "x", "scope": "read", "expires_at": SOON}
    return [
        ("GET", robots, None, ADMINS),
        ("POST", robots, new, _with(ADMINS, 201)),
        ("GET", f"{robots}/savanna-ci", None, ADMINS),
        ("PATCH", f"{robots}/savanna-ci", {"purpose": "y"}, ADMINS),
        ("POST", f"{robots}/savanna-ci/disable", {"reason": "x"}, ADMINS),
        ("POST", f"{robots}/savanna-ci/enable", {}, _with(ADMINS, 409)),
        ("GET", f"{robots}/savanna-ci/tokens", None, ADMINS),
        ("POST", f"{robots}/savanna-ci/tokens", minted, OWNER_IN_PERSON),
        ("GET", f"{robots}/savanna-ci/tokens/{token}", None, ADMINS),
        ("DELETE", f"{robots}/savanna-ci/tokens/{token}", None, _with(ADMINS, 204)),
        ("POST", f"{robots}/savanna-ci/tokens/{token}/rotate", {}, OWNER_IN_PERSON),
    ]


def _with(statuses, success):
    return {who: success if status == 200 else status for who, status in statuses.items()}


def test_each_caller_is_answered_as_the_table_says(world):
    callers, table = world

    found = {who: surprises(caller, who, table) for who, caller in callers.items()}

    assert {who: each for who, each in found.items() if each} == {}


def test_every_route_is_in_the_table():
    asked = {(method, path) for method, path, _, _ in rows(7, 7, 7)}

    places = {"team": "field", "name": "savanna-ci", "invitation": 7, "token": 7}
    routed = routes_of(urlpatterns, org="savanna", username="wanda", **places)
    assert asked == {(method, path.replace("ators/wanda", "ators/eve")) for method, path in routed}


@pytest.mark.parametrize(
    ("hidden", "missing"),
    [("/invitations/{}", "/invitations/999999"), ("/me/tokens/{}", "/me/tokens/999999")],
)
def test_what_is_somebody_elses_is_missing_to_the_byte(world, hidden, missing):
    callers, table = world
    number = next(path.rsplit("/", 1)[1] for _, path, _, _ in table if path.startswith(hidden[:-2]))

    hidden, missing = (callers["stranger"].get(path) for path in (hidden.format(number), missing))

    assert hidden.status_code == 404
    assert hidden.content == missing.content


@pytest.mark.parametrize("path", ["/invitations/{}", "/me/tokens/{}"])
def test_a_number_that_no_database_holds_is_missing(path):
    assert Program(make_user("ada")).get(path.format(10**30)).status_code == 404
