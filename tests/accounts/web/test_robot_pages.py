import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.authz.policy import Role
from accounts.orgs.queries import roles_of
from accounts.robots.actions import disable_robot
from accounts.robots.models import ServiceAccount
from accounts.tokens.actions import actor_for_secret
from tests.factories.people import (
    acting,
    actor_with,
    add_member,
    make_organization,
    make_robot,
    make_robot_token,
    make_user,
)

pytestmark = pytest.mark.django_db
ROBOTS = "/orgs/savanna/service-accounts"
CI = f"{ROBOTS}/savanna-ci"
SECRET = re.compile(r"arb_\w{33}")


@pytest.fixture
def owner(client):
    owner = make_user("owner")
    client.force_login(owner)
    return owner


@pytest.fixture
def savanna(owner):
    return make_organization("savanna", owner)


def secret_in(text):
    found = SECRET.search(text)
    assert found is not None
    return found[0]


def test_one_is_made_with_its_roles(client, savanna):
    answer = client.post(
        f"{ROBOTS}/new",
        {"name": "ci", "purpose": "Nightly.", "responsible": "owner", "roles": ["contributor"]},
    )

    assert answer.url == CI
    robot = ServiceAccount.objects.get().user
    assert roles_of(savanna, [robot])[robot.pk] == (Role.CONTRIBUTOR,)


def test_one_with_a_bad_role_is_not_made_at_all(client, savanna):
    asked = {"name": "ci", "purpose": "Nightly.", "responsible": "owner", "roles": ["owner"]}

    assert client.post(f"{ROBOTS}/new", asked).status_code == 422
    assert not ServiceAccount.objects.exists()


def test_a_token_is_shown_once(client, savanna):
    make_robot(savanna, roles=("contributor",))

    made = client.post(
        f"{CI}/tokens/new", {"name": "build", "scope": "write", "days": "30", "models": ""}
    )

    secret = secret_in(made.text)
    assert made.headers["Cache-Control"] == "no-store"
    assert actor_with(secret).label == "savanna-ci"
    shown = client.get(CI).text
    assert secret not in shown
    assert "build" in shown


def test_a_token_counts_for_no_model_of_others(client, savanna):
    make_robot(savanna)

    answer = client.post(
        f"{CI}/tokens/new",
        {"name": "build", "scope": "write", "days": "30", "models": "tundra/ice"},
    )

    assert answer.status_code == 422


def test_a_token_is_rotated_and_revoked(client, savanna):
    token, old = make_robot_token(make_robot(savanna))

    rotated = client.post(f"{CI}/tokens/{token.pk}/rotate", {"hours": "0"})
    fresh = secret_in(rotated.text)

    assert actor_for_secret(old) is None
    again = actor_with(fresh).token_id
    client.post(f"{CI}/tokens/{again}/revoke")
    assert actor_for_secret(fresh) is None


def test_one_is_disabled_with_a_reason_and_enabled(client, savanna):
    account = make_robot(savanna)

    assert client.post(f"{CI}/disable", {"reason": ""}).status_code == 422
    client.post(f"{CI}/disable", {"reason": "Stolen."})
    account.user.refresh_from_db()
    assert not account.user.is_active
    assert "It is disabled" in client.get(CI).text
    client.post(f"{CI}/enable")
    account.user.refresh_from_db()
    assert account.user.is_active


def test_the_page_says_when_nobody_answers_for_it(client, savanna, owner):
    ada = add_member(savanna, make_user("ada"), "reader")
    make_robot(savanna)
    client.post(f"{CI}/edit", {"purpose": "x", "responsible": "ada", "roles": []})
    assert "Nobody here answers for it" not in client.get(CI).text

    client.post("/orgs/savanna/people/ada/remove")

    assert "Nobody here answers for it" in client.get(CI).text
    assert ada.username in client.get(CI).text


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/new",
        "/savanna-ci",
        "/savanna-ci/edit",
        "/savanna-ci/disable",
        "/savanna-ci/tokens/new",
    ],
)
def test_only_admins_come_here(client, savanna, path):
    make_robot(savanna)
    client.force_login(add_member(savanna, make_user("ada"), "maintainer"))

    assert client.get(f"{ROBOTS}{path}").status_code == 403


def test_a_disabled_one_gets_no_token(client, savanna, owner):
    disable_robot(make_robot(savanna), reason="Not used.", actor=acting(owner))

    asked = {"name": "build", "scope": "write", "days": "30", "models": ""}

    assert client.post(f"{CI}/tokens/new", asked).status_code == 422


@pytest.mark.parametrize("path", [ROBOTS, f"{ROBOTS}/savanna-r0"])
def test_a_page_costs_the_same_however_many_there_are(client, savanna, path):
    first = make_robot(savanna, "r0", roles=("reader",))
    make_robot_token(first)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for number in range(1, 20):
        make_robot_token(make_robot(savanna, f"r{number}", roles=("reader",)))
        make_robot_token(first)

    with CaptureQueriesContext(connection) as twenty:
        client.get(path)

    assert len(twenty) == len(one)
