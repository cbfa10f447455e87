import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.users.suspension import suspend_user
from hub.core.actor import SYSTEM
from models_catalog.grants.actions import grant_repo
from models_catalog.grants.models import Grant
from tests.accounts.recording import names, recording
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_team, make_user

pytestmark = pytest.mark.django_db
OUTSIDE = "/orgs/savanna/outside"


@pytest.fixture
def owner(client):
    owner = make_user("owner")
    client.force_login(owner)
    return owner


@pytest.fixture
def savanna(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def repo(savanna, owner):
    return make_repo("karibu", owner=owner, organization=savanna)


def grant(repo, person, owner, role="reader"):
    grant_repo(repo, person, role=role, actor=acting(owner))


def test_who_holds_a_model_and_no_role_is_listed_with_what_they_hold(client, savanna, repo, owner):
    grant(repo, make_user("eve", display_name="Eve Outside"), owner, "contributor")
    grant(repo, add_member(savanna, make_user("ada", display_name="Ada Inside"), "reader"), owner)

    text = client.get(OUTSIDE).text

    assert "Eve Outside" in text
    assert "Contributor" in text
    assert "karibu" in text
    assert "Ada Inside" not in text


def test_a_suspended_one_is_still_listed(client, savanna, repo, owner):
    eve = make_user("eve")
    grant(repo, eve, owner)

    suspend_user(eve, reason="Stolen.", actor=SYSTEM)

    assert "suspended" in client.get(OUTSIDE).text


def test_one_is_removed_from_everything_at_once(client, savanna, repo, owner):
    eve = make_user("eve")
    for name in ("one", "two"):
        grant(make_repo(name, owner=owner, organization=savanna), eve, owner)
    elsewhere = make_repo("ice", owner=owner, organization=make_organization("tundra", owner))
    grant(elsewhere, eve, owner)

    asked = client.get(f"{OUTSIDE}/eve/remove").text
    with recording() as events:
        client.post(f"{OUTSIDE}/eve/remove")

    assert "2 models" in asked
    assert [each.repo for each in Grant.objects.filter(user=eve)] == [elsewhere]
    assert names(events) == ["grant:ended"] * 2
    assert client.get(f"{OUTSIDE}/eve/remove").status_code == 404


def test_an_admin_removes_no_security_reviewer(client, savanna, repo, owner):
    eve = make_user("eve")
    grant(repo, eve, owner, "security_reviewer")
    client.force_login(add_member(savanna, make_user("ada"), "admin"))

    with recording() as events:
        answer = client.post(f"{OUTSIDE}/eve/remove")

    assert answer.status_code == 403
    assert Grant.objects.filter(user=eve).exists()
    assert events == []


@pytest.mark.parametrize("path", [OUTSIDE, f"{OUTSIDE}/eve/remove"])
def test_only_admins_come_here(client, savanna, repo, owner, path):
    grant(repo, make_user("eve"), owner)
    client.force_login(add_member(savanna, make_user("ada"), "maintainer"))

    assert client.get(path).status_code == 403
    assert client.post(path).status_code in (403, 405)
    assert Grant.objects.exists()


def test_an_admin_joins_no_team_that_reviews_security(client, savanna, repo, owner):
    team = make_team(savanna)
    grant(repo, team, owner, "security_reviewer")
    ada = add_member(savanna, make_user("ada"), "admin")
    client.force_login(ada)

    with recording() as events:
        answer = client.post("/orgs/savanna/teams/field", {"username": "ada"})

    assert answer.status_code == 422
    assert not team.group.user_set.filter(pk=ada.pk).exists()
    assert events == []


def test_the_page_costs_the_same_however_many_there_are(client, savanna, repo, owner):
    grant(repo, make_user("eve"), owner)
    client.get(OUTSIDE)
    with CaptureQueriesContext(connection) as one:
        client.get(OUTSIDE)
    repos = [make_repo(f"r{number}", owner=owner, organization=savanna) for number in range(5)]
    for number in range(19):
        person = make_user(f"e{number}")
        for each in repos:
            grant(each, person, owner)

    with CaptureQueriesContext(connection) as twenty:
        text = client.get(OUTSIDE).text

    assert len(twenty) == len(one)
    assert "and 2 more models" in text
