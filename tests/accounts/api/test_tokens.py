from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tokens.models import Token
from tests.accounts.api.callers import Browser
from tests.accounts.recording import names, recording
from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import actor_with, make_organization, make_token, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PASSWORD = "correct horse battery"
WANTED = {"name": "training server", "scope": "read", "expires_at": None}


@pytest.fixture
def ada():
    return make_user("ada")


def test_a_token_is_made_and_its_secret_shown_once(ada):
    browser = Browser(ada)

    answer = browser.post("/me/tokens", WANTED)

    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    secret = answer.json()["secret"]
    assert actor_with(secret).user == ada
    assert secret not in browser.get(answer.headers["Location"]).content.decode()
    assert secret not in browser.get("/me/tokens").content.decode()


def test_the_same_request_again_makes_no_second_token_and_tells_no_secret(ada):
    browser = Browser(ada)
    made = browser.post("/me/tokens", WANTED, Idempotency_Key="one")

    again = browser.post("/me/tokens", WANTED, Idempotency_Key="one")

    assert (made.status_code, again.status_code) == (201, 409)
    assert again.json()["code"] == "shown_once"
    assert made.json()["secret"] not in again.content.decode()
    assert Token.objects.count() == 1


def test_a_token_is_limited_as_asked(ada):
    savanna = make_organization("savanna", ada)
    repo = make_repo("minilm", owner=ada)
    until = timezone.now() + timedelta(days=7)
    body = WANTED | {
        "namespaces": ["savanna"],
        "models": ["ada/minilm"],
        "expires_at": until.isoformat(),
    }

    said = Browser(ada).post("/me/tokens", body).json()

    assert (said["namespaces"], said["models"]) == (["savanna"], ["ada/minilm"])
    actor = actor_with(said["secret"])
    assert actor.namespaces == frozenset({savanna.namespace_id})
    assert actor.repos == frozenset({repo.pk})
    assert Token.objects.get().expires_at == until


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"scope": "root"}, "scope"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "never"}, "expires_at"),
        ({"namespaces": ["tundra"]}, "namespaces"),
        ({"models": ["tundra/hidden"]}, "models"),
        ({"models": ["tundra/missing"]}, "models"),
        ({"rights": ["read_audit"]}, "rights"),
    ],
)
def test_what_does_not_fit_is_named_and_makes_nothing(ada, wrong, field):
    eve = make_user("eve")
    make_repo("hidden", owner=eve, organization=make_organization("tundra", eve))

    with recording() as events:
        answer = Browser(ada).post("/me/tokens", WANTED | wrong)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field
    assert Token.objects.count() == 0
    assert events == []


def test_a_program_makes_no_tokens(ada):
    program = Program(ada)

    with recording() as events:
        answer = program.post("/me/tokens", WANTED)

    assert answer.status_code == 403
    assert answer.json()["detail"] == (
        "A token may not make tokens. Sign in to the hub in a browser instead."
    )
    assert events == []


def test_long_after_the_sign_in_the_password_is_asked():
    browser = Browser(make_user("ada", password=PASSWORD))

    refused = browser.post("/me/tokens", WANTED)
    wrong = browser.post("/me/tokens", WANTED | {"password": "wrong horse battery"})

    assert (refused.status_code, wrong.status_code) == (400, 400)
    assert refused.json()["errors"][0]["field"] == "password"
    assert "not your password" in wrong.json()["detail"]
    assert Token.objects.count() == 0
    assert browser.post("/me/tokens", WANTED | {"password": PASSWORD}).status_code == 201


def test_a_program_revokes_its_own_token_and_sees_no_other(ada):
    program, (other, _) = Program(ada), make_token(ada)
    (own,) = program.get("/me/tokens").json()["items"]

    assert program("DELETE", f"/me/tokens/{other.pk}").status_code == 404
    with recording() as events:
        assert program("DELETE", f"/me/tokens/{own['id']}").status_code == 204

    assert names(events) == ["token:revoked"]
    assert program.get("/me").status_code == 401
    assert Token.objects.get(pk=other.pk).revoked_at is None


def test_many_tokens_cost_the_queries_of_one(ada):
    repo = make_repo("minilm", owner=ada)
    browser = Browser(ada)
    make_token(ada)
    Token.objects.update(repos=[repo.pk])
    browser.get("/me/tokens")
    with CaptureQueriesContext(connection) as one:
        browser.get("/me/tokens")
    for _ in range(19):
        make_token(ada)

    with CaptureQueriesContext(connection) as twenty:
        answer = browser.get("/me/tokens")

    assert len(answer.json()["items"]) == 20
    assert len(twenty) == len(one)
