import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from accounts.users.actions import change_password
from tests.accounts.recording import names, recording
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PASSWORD = "correct horse battery"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    hashes = 0

    def encode(self, password, salt):
        type(self).hashes += 1
        return super().encode(password, salt)


@pytest.fixture
def ada():
    return make_user("Ada", password=PASSWORD)


def sign_in(client, login="ada", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": login, "password": password} | more)


def shown(answer):
    """A page without what differs by itself: the CSRF token, and what the visitor typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.text)
    return re.sub(r'(name="login" )value="[^"]*"', r"\1", text)


@pytest.mark.parametrize("login", ["Ada", "ada", "ada@example.org", "ADA@example.org"])
def test_people_sign_in_with_name_or_email(client, ada, login):
    with recording() as events:
        answer = sign_in(client, login)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert names(events) == ["user:signed_in"]
    assert (events[0].actor_id, events[0].means) == (ada.pk, "session")


def test_the_session_gets_a_new_name_when_somebody_signs_in(client, ada):
    client.get("/accounts/login/")
    session = client.session
    session["before"] = "yes"
    session.save()
    old = session.session_key

    sign_in(client)

    assert client.session.session_key != old


def test_without_a_wish_to_stay_the_session_ends_with_the_browser(client, ada):
    sign_in(client)
    assert client.session.get_expire_at_browser_close()

    client.logout()
    sign_in(client, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_a_wrong_password_is_recorded(client, ada):
    with recording() as events:
        answer = sign_in(client, password="wrong horse battery")

    assert "_auth_user_id" not in client.session
    assert "do not match" in answer.text
    assert names(events) == ["user:sign_in_failed"]
    assert events[0].subject == f"user:{ada.pk}"
    assert "wrong horse" not in str(events[0].data)


@pytest.mark.parametrize("login", ["nobody", "nobody@example.org"])
def test_a_sign_in_to_no_account_is_recorded_without_what_was_typed(client, ada, login):
    with recording() as events:
        sign_in(client, login)

    assert names(events) == ["user:sign_in_failed"]
    assert events[0].subject == "user:unknown"
    assert "nobody" not in str(events[0].data)


@pytest.mark.parametrize(
    ("known", "unknown"), [("ada", "nobody"), ("ada@example.org", "nobody@example.org")]
)
def test_a_known_and_an_unknown_account_get_the_same_page(client, ada, known, unknown):
    first = sign_in(client, known, "wrong horse battery")
    second = sign_in(client, unknown, "wrong horse battery")

    assert first.status_code == second.status_code
    assert shown(first) == shown(second)


@pytest.mark.parametrize(
    ("known", "unknown"), [("ada", "nobody"), ("ada@example.org", "nobody@example.org")]
)
def test_a_known_and_an_unknown_account_cost_one_password_hash_each(
    client, ada, known, unknown, settings
):
    settings.PASSWORD_HASHERS = ["tests.accounts.web.test_sign_in.CountingHasher"]
    change_password(ada, password=PASSWORD, how="changed", actor=acting(ada))

    CountingHasher.hashes = 0
    sign_in(client, known, "wrong horse battery")
    of_known, CountingHasher.hashes = CountingHasher.hashes, 0
    sign_in(client, unknown, "wrong horse battery")

    assert of_known == CountingHasher.hashes == 1


def test_a_closed_account_does_not_sign_in(client, ada):
    ada.is_active = False
    ada.save()

    sign_in(client)

    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_close_the_account_to_that_address_for_a_while(client, ada):
    for _ in range(5):
        sign_in(client, password="wrong horse battery")

    assert "Too many wrong passwords" in sign_in(client).text
    assert "_auth_user_id" not in client.session


def test_nobody_locks_somebody_else_out_from_afar(client, ada):
    for _ in range(5):
        client.post(
            "/accounts/login/",
            {"login": "ada", "password": "wrong horse battery"},
            REMOTE_ADDR="192.0.2.66",
        )

    sign_in(client)

    assert client.session["_auth_user_id"] == str(ada.pk)


def test_thirty_attempts_a_minute_from_one_address_are_enough(client):
    answers = [sign_in(client, f"nobody{number}", "x") for number in range(31)]

    assert answers[-1].status_code == 429
    assert "Too many requests" in answers[-1].text
    assert answers[0].status_code == 200


def test_a_sign_in_never_leads_to_another_site(client, ada):
    assert sign_in(client, next="https://evil.example/")["Location"] == "/"


def test_a_sign_in_leads_back_to_where_one_came_from(client, ada):
    came = client.get("/settings/tokens")

    assert came["Location"] == "/accounts/login/?next=/settings/tokens"
    assert sign_in(client, next="/settings/tokens")["Location"] == "/settings/tokens"


def test_signing_out_takes_a_form_and_not_a_link(client, ada):
    client.force_login(ada)

    asked = client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session
    assert "Sign out?" in asked.text

    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_a_form_from_another_site_does_not_sign_anybody_in(ada):
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403
