import pytest

from tests.accounts.recording import names, recording
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada(client):
    user = make_user("ada")
    client.force_login(user)
    return user


def test_people_choose_the_name_that_pages_show(client, ada):
    with recording() as events:
        answer = client.post("/settings/profile", {"display_name": "Ada Lovelace"})

    ada.refresh_from_db()
    assert answer["Location"] == "/settings/profile"
    assert ada.name == "Ada Lovelace"
    assert names(events) == ["user:described"]
    assert "Saved." in client.get("/settings/profile").text


def test_a_refused_name_is_shown_with_the_reason(client, ada):
    answer = client.post("/settings/profile", {"display_name": "Ada\u202eecalevoL"})

    assert answer.status_code == 422
    assert "invisible" in answer.context["form"].errors["display_name"][0]


def test_nothing_but_the_shown_name_can_be_set(client, ada):
    client.post(
        "/settings/profile", {"display_name": "Ada", "username": "root2", "is_superuser": "on"}
    )

    ada.refresh_from_db()
    assert (ada.username, ada.is_superuser) == ("ada", False)


def test_settings_lead_to_the_profile(client, ada):
    assert client.get("/settings")["Location"] == "/settings/profile"
