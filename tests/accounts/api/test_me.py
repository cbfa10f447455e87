import pytest

from tests.accounts.api.callers import Browser
from tests.accounts.recording import names, recording
from tests.factories.api import Program
from tests.factories.people import make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada", display_name="Ada Lovelace")


def test_a_program_learns_whom_its_token_stands_for_and_its_limits(ada):
    savanna = make_organization("savanna", ada)

    said = Program(ada, scope="write", organizations=(savanna,)).get("/me").json()

    assert (said["username"], said["display_name"], said["means"]) == (
        "ada",
        "Ada Lovelace",
        "token",
    )
    assert said["token"]["scope"] == "write"
    assert said["token"]["namespaces"] == ["savanna"]
    assert "read_audit" not in said["token"]["rights"]


def test_a_browser_comes_with_no_token(ada):
    said = Browser(ada).get("/me").json()

    assert (said["means"], said["token"]) == ("session", None)


def test_roles_on_the_hub_are_named():
    said = Program(make_user("grace", is_superuser=True, is_instance_security=True)).get("/me")

    assert said.json()["hub_roles"] == ["admin", "security"]


def test_the_name_that_pages_show_is_changed_and_recorded(ada):
    with recording() as events:
        answer = Browser(ada)("PATCH", "/me/profile", {"display_name": "Countess"})

    assert answer.status_code == 200
    assert answer.json()["display_name"] == "Countess"
    assert names(events) == ["user:described"]


def test_a_profile_that_changed_meanwhile_is_not_overwritten(ada):
    browser = Browser(ada)
    etag = browser.get("/me/profile").headers["ETag"]
    browser("PATCH", "/me/profile", {"display_name": "Countess"})

    with recording() as events:
        answer = browser("PATCH", "/me/profile", {"display_name": "A."}, headers={"If-Match": etag})

    assert answer.status_code == 412
    assert events == []
    assert browser.get("/me/profile").json()["display_name"] == "Countess"


def test_a_name_that_cannot_be_taken_is_named(ada):
    answer = Browser(ada)("PATCH", "/me/profile", {"display_name": "two\nlines"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "display_name"


def test_only_a_person_sees_their_address(ada):
    answer = Program(ada).get("/me/profile")

    assert answer.status_code == 403
    assert "A token may not manage an account" in answer.json()["detail"]
    assert ada.email not in answer.content.decode()
