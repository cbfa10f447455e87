"""What can be done only so often: who is counted, how the refusal reads, and who is not hit by it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.tokens.actions import create_token
from hub.core.rate_limits import LIMITS
from tests.factories.models import CARD, commit_files, make_repo
from tests.factories.people import acting, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(settings):
    """Twice each, and then no more."""
    cache.clear()
    settings.RATE_LIMITS = dict.fromkeys(LIMITS, "2/300") | {"api": "0/1", "api-anonymous": "0/1"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    repo = make_repo("letters", owner=ada)
    commit_files(repo, {"README.md": CARD}, by=ada)
    return repo


BY_STRANGERS = {
    "sign-in": ("/accounts/login/", {"login": "ada", "password": "wrong"}),
    "sign-up": ("/accounts/signup/", {"username": "x"}),
    "password-reset": ("/accounts/password/reset/", {"email": "ada@example.org"}),
}
BY_PERSON = {
    "mint-token": ("/settings/tokens/new", {}),
    "upload": ("/ada/letters/uploads", {}),
    "comment": ("/ada/letters/discussions/new", {"title": ""}),
    "make": ("/new", {}),
    "write": ("/settings/profile", {}),
}
TIMES = 2


def spent(client, url, form, **headers):
    for _ in range(TIMES):
        assert client.post(url, form, headers=headers).status_code != 429
    return client.post(url, form, headers=headers)


def assert_refused(answer):
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 600
    assert answer.headers["Cache-Control"] in ("no-store", "private, no-store")
    assert "<h1>Too many requests</h1>" in answer.content.decode()
    assert "try again" in answer.content.decode()


@pytest.mark.parametrize("name", BY_STRANGERS)
def test_an_address_is_counted(client, ada, name):
    url, form = BY_STRANGERS[name]

    assert_refused(spent(client, url, form))


@pytest.mark.parametrize("name", BY_PERSON)
def test_a_person_is_counted(client, ada, repo, name):
    url, form = BY_PERSON[name]
    client.force_login(ada)

    assert_refused(spent(client, url, form))

    other = Client()
    other.force_login(make_user("grace"))
    assert other.post(url, form).status_code != 429


def test_strangers_who_search_are_counted_and_people_are_not(client, ada):
    answers = [client.get("/models?q=a").status_code for _ in range(TIMES + 1)]
    client.force_login(ada)

    assert answers == [200, 200, 429]
    assert client.get("/models?q=a").status_code == 200


def test_a_program_is_told_in_json(client):
    for _ in range(TIMES):
        client.get("/models", headers={"Accept": "application/json"})

    answer = client.get("/models", headers={"Accept": "application/json"})

    assert answer.status_code == 429
    assert answer.json()["code"] == "too_many_requests"
    assert answer.json()["retry_after"] == int(answer.headers["Retry-After"])


def test_whoever_guesses_tokens_is_counted_and_a_good_token_is_not(client, ada):
    _, secret = create_token("ci", scope="read", actor=acting(ada))
    guess = {"Authorization": "Bearer arb_guessguessguess"}
    answers = [client.get("/models", headers=guess).status_code for _ in range(TIMES + 1)]

    assert answers == [401, 401, 429]
    good = {"Authorization": f"Bearer {secret}"}
    assert client.get("/models", headers=good).status_code == 200


def test_behind_a_proxy_the_visitor_is_counted_and_not_the_proxy(client, settings):
    settings.TRUSTED_PROXIES = 1
    url, form = BY_STRANGERS["sign-in"]
    first = {"X-Forwarded-For": "203.0.113.9, 192.0.2.1"}

    assert spent(client, url, form, **first).status_code == 429
    second = {"X-Forwarded-For": "203.0.113.9, 192.0.2.2"}
    assert client.post(url, form, headers=second).status_code != 429


def test_a_visitor_with_many_addresses_of_one_network_is_one(client):
    url, form = BY_STRANGERS["sign-in"]
    for number in range(TIMES):
        client.post(url, form, REMOTE_ADDR=f"2001:db8::{number + 1}")

    assert client.post(url, form, REMOTE_ADDR="2001:db8::ffff").status_code == 429


def test_looking_at_a_form_is_not_counted(client):
    answers = {client.get("/accounts/login/").status_code for _ in range(10)}

    assert answers == {200}


def test_limits_of_the_library_answer_in_our_look(client, ada, settings):
    settings.RATE_LIMITS = {"password-reset": "0/1"}
    url, form = BY_STRANGERS["password-reset"]

    answers = [client.post(url, form) for _ in range(30)]

    assert_refused(answers[-1])
    assert answers[-1].headers["Retry-After"] == "300"


def test_files_of_an_upload_are_not_counted(client, ada, repo):
    client.force_login(ada)
    url = "/ada/letters/uploads/00000000-0000-0000-0000-000000000000/files"

    answers = {client.post(url, headers={"Tus-Resumable": "1.0.0"}).status_code for _ in range(5)}

    assert answers == {404}
