import pytest

from accounts.authz.policy import RIGHT_TITLES, ROLE_TITLES, Role
from accounts.orgs.actions import change_defaults
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def savanna(owner):
    return make_organization("savanna", owner)


def row(text, right):
    return text.partition(f">{right}<")[2].partition("</tr>")[0]


def test_every_right_and_every_role_is_in_the_table(client, savanna):
    text = client.get("/orgs/savanna/roles").text

    titles = [str(title) for title in (*RIGHT_TITLES.values(), *ROLE_TITLES.values())]
    assert [title for title in titles if title not in text] == []


def test_the_table_says_what_the_organisation_chose(client, savanna, owner):
    text = client.get("/orgs/savanna/roles").text
    assert row(text, "Add models").count('aria-label="Yes"') == 4

    change_defaults(savanna, who_creates="admin", actor=acting(owner))

    text = client.get("/orgs/savanna/roles").text
    assert row(text, "Add models").count('aria-label="Yes"') == 2
    assert "Admin" in text


def test_the_owner_chooses_what_new_models_begin_with(client, savanna, owner):
    client.force_login(owner)

    client.post(
        "/orgs/savanna/settings/defaults",
        {"default_visibility": "private", "who_creates": "maintainer"},
    )

    savanna.refresh_from_db()
    assert (savanna.default_visibility, savanna.who_creates) == ("private", "maintainer")
    page = client.get("/orgs/savanna/settings").text
    assert 'value="private" checked' in page


def test_no_choice_is_told_beside_the_field(client, savanna, owner):
    client.force_login(owner)

    answer = client.post("/orgs/savanna/settings/defaults", {"default_visibility": "secret"})

    assert answer.status_code == 422
    assert client.get("/orgs/savanna/settings/defaults").status_code == 405


def test_an_admin_does_not_open_the_settings(client, savanna):
    client.force_login(add_member(savanna, make_user("ada"), Role.ADMIN.value))

    for path in ("/orgs/savanna/settings", "/orgs/savanna/settings/defaults"):
        assert client.post(path, {"default_visibility": "private"}).status_code == 403
