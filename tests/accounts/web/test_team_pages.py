import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.teams.actions import add_to_team
from accounts.teams.models import Team
from accounts.teams.queries import get_team, teams_of_person
from tests.factories.people import acting, add_member, make_organization, make_team, make_user

pytestmark = pytest.mark.django_db
TEAMS = "/orgs/savanna/teams"


@pytest.fixture
def owner(client):
    owner = make_user("owner")
    client.force_login(owner)
    return owner


@pytest.fixture
def savanna(owner):
    return make_organization("savanna", owner)


def test_a_team_is_made_and_filled_on_pages(client, savanna):
    ada = add_member(savanna, make_user("ada"), "reader")

    made = client.post(f"{TEAMS}/new", {"name": "Field", "description": "Who measures."})
    added = client.post(f"{TEAMS}/Field", {"username": "ada"}, follow=True)

    assert made.url == f"{TEAMS}/Field"
    assert "ada is in Field." in added.content.decode()
    assert [team.name for team in teams_of_person(ada)] == ["Field"]


@pytest.mark.parametrize("name", ["a b", "new"])
def test_a_bad_name_is_told_beside_the_field(client, savanna, name):
    answer = client.post(f"{TEAMS}/new", {"name": name})

    assert answer.status_code == 422
    assert not Team.objects.exists()


@pytest.mark.parametrize("name", ["nobody", "eve"])
def test_who_does_not_belong_is_told_beside_the_field(client, savanna, name):
    make_user("eve")
    make_team(savanna)

    answer = client.post(f"{TEAMS}/field", {"username": name})

    assert answer.status_code == 422
    assert name in answer.content.decode()


def test_name_and_description_are_changed_together_or_not(client, savanna):
    make_team(savanna, "station")
    make_team(savanna)

    refused = client.post(f"{TEAMS}/field/edit", {"name": "Station", "description": "x"})
    saved = client.post(f"{TEAMS}/field/edit", {"name": "meadow", "description": "x"})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert get_team(savanna, "meadow").description == "x"


def test_a_member_sees_teams_and_leaves_their_own(client, savanna):
    ada = add_member(savanna, make_user("ada"), "reader")
    make_team(savanna, "field", ada)
    client.force_login(ada)

    shown = client.get(f"{TEAMS}/field").content.decode()
    left = client.post(f"{TEAMS}/field/people/ada/remove")

    assert "Leave" in shown
    assert "Add to the team" not in shown
    assert left.url == TEAMS
    assert not teams_of_person(ada).exists()


@pytest.mark.parametrize("path", ["", "/field"])
def test_a_stranger_gets_the_same_404_as_for_a_team_that_is_not(client, savanna, path):
    make_team(savanna)
    client.force_login(make_user("eve"))

    answer = client.get(f"{TEAMS}{path}")

    assert answer.status_code == 404
    assert answer.content == client.get(f"{TEAMS}/nothing").content


@pytest.mark.parametrize(
    "path", ["/new", "/field/edit", "/field/delete", "/field/people/owner/remove"]
)
def test_a_reader_changes_no_team(client, savanna, owner, path):
    make_team(savanna, "field", owner)
    client.force_login(add_member(savanna, make_user("ada"), "reader"))

    assert client.get(f"{TEAMS}{path}").status_code == 403
    assert client.post(f"{TEAMS}{path}", {"name": "x"}).status_code == 403
    assert get_team(savanna, "field").name == "field"


def test_a_team_is_deleted_after_asking(client, savanna, owner):
    make_team(savanna, "field", owner)

    asked = client.get(f"{TEAMS}/field/delete").content.decode()
    client.post(f"{TEAMS}/field/delete")

    assert "1 person loses" in asked
    assert not Team.objects.exists()


def test_ones_own_teams_are_listed(client, savanna, owner):
    make_team(savanna, "field", owner)
    make_team(savanna, "station")

    shown = client.get("/settings/teams").content.decode()

    assert f"{TEAMS}/field" in shown
    assert "station" not in shown


@pytest.mark.parametrize("path", [TEAMS, "/settings/teams", f"{TEAMS}/team00"])
def test_a_page_costs_the_same_however_many_there_are(client, savanna, owner, path):
    first = make_team(savanna, "team00", owner)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for number in range(1, 20):
        person = add_member(savanna, make_user(f"m{number}"), "reader")
        make_team(savanna, f"team{number:02}", owner)
        add_to_team(first, person, actor=acting(owner))

    with CaptureQueriesContext(connection) as twenty:
        client.get(path)

    assert len(twenty) == len(one)
