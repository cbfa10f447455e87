"""Sessions are the person's alone, from the moment of signing in to that of signing out."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
ELSEWHERE = [
    "//evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    " //evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "//localhost@evil.example",
    "data:text/html,x",
    "//[evil",
]


@pytest.fixture(autouse=True)
def ada(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    ada = make_user("ada")
    ada.set_password(PASSWORD)
    ada.save()
    return ada


def sign_in(client, **more):
    return client.post("/accounts/login/", {"login": "ada", "password": PASSWORD, **more})


def test_signing_in_takes_a_new_session_and_a_new_token_for_forms(client):
    client.cookies["session"] = "fixedbytheattacker0000000000000a"
    client.get("/accounts/login/")
    before = client.cookies["csrf"].value

    assert sign_in(client).status_code == 302

    assert client.cookies["session"].value != "fixedbytheattacker0000000000000a"
    assert client.cookies["csrf"].value != before
    assert Client().get("/settings/profile").status_code == 302


def test_a_session_of_another_visitor_does_not_become_one_of_the_person(client):
    client.get("/accounts/password/reset/")
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["session"] = planted = session.session_key

    sign_in(client)

    attacker = Client()
    attacker.cookies["session"] = planted
    assert attacker.get("/settings/profile").status_code == 302


def test_signing_out_ends_the_session_on_the_server(client):
    sign_in(client)
    stolen = client.cookies["session"].value

    client.post("/accounts/logout/")

    thief = Client()
    thief.cookies["session"] = stolen
    assert thief.get("/settings/profile").status_code == 302


def test_a_new_password_ends_the_sessions_of_all_other_browsers(client, ada):
    sign_in(client)
    ada.set_password("another horse battery")
    ada.save()

    assert client.get("/settings/profile").status_code == 302


def test_a_link_does_not_sign_out(client):
    sign_in(client)

    client.get("/accounts/logout/")

    assert client.get("/settings/profile").status_code == 200


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client, wanted):
    answer = sign_in(client, next=wanted)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_looks_and_signing_out_lead_nowhere_else(client, wanted):
    assert client.post("/preferences", {"theme": "dark", "next": wanted}).headers["Location"] == "/"
    sign_in(client)
    assert client.post("/accounts/logout/", {"next": wanted}).headers["Location"] == "/"


def test_cookies_are_for_this_site_and_the_session_not_for_scripts(client):
    client.get("/accounts/login/")
    sign_in(client)

    session, csrf = client.cookies["session"], client.cookies["csrf"]
    assert session["httponly"] is True
    assert session["samesite"] == csrf["samesite"] == "Lax"
    assert session["domain"] == ""
    assert session["path"] == "/"
