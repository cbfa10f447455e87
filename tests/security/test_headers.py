"""What every answer tells browsers and caches."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

from tests.factories.models import CARD, commit_files, judge_all, make_repo
from tests.factories.people import make_user
from tests.services.answers import letting_go

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/models",
    "/ada",
    "/ada/letters",
    "/ada/letters/tree/main",
    "/accounts/login/",
    "/no",
]
OWN = ["/settings/profile", "/settings/tokens", "/settings/tokens/new", "/accounts/email/", "/new"]


@pytest.fixture
def hub(client):
    ada = make_user("ada")
    repo = make_repo("letters", owner=ada)
    judge_all(commit_files(repo, {"README.md": CARD, "w.txt": b"0123456789"}, by=ada))
    client.ada = ada
    return client


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_bears_every_header(hub, path):
    headers = hub.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PUBLIC)
def test_the_policy_of_a_page_lets_nothing_inline_run(hub, path):
    policy = policy_of(hub.get(path))

    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["trusted-types"] == "'none'"
    assert policy["report-uri"] == "/report/csp"
    assert "unsafe" not in str(policy)
    assert "upgrade-insecure-requests" not in policy  # this hub is on plain http


def policy_of(answer) -> dict[str, str]:
    text = answer.headers["Content-Security-Policy"]
    return {
        name: value for name, _, value in (part.strip().partition(" ") for part in text.split(";"))
    }


@pytest.mark.parametrize("path", PUBLIC)
def test_no_shared_cache_hands_a_page_of_one_to_another(hub, path):
    for by in (None, hub.ada):
        if by is not None:
            hub.force_login(by)
        headers = hub.get(path).headers

        assert re.search(r"\b(private|no-store)\b", headers["Cache-Control"])
        assert {"Cookie", "Authorization"} <= {name.strip() for name in headers["Vary"].split(",")}


@pytest.mark.parametrize("path", OWN)
def test_pages_about_an_account_are_not_kept(hub, path):
    hub.force_login(hub.ada)

    headers = hub.get(path).headers

    assert ("no-store" in headers["Cache-Control"]) is (path != "/new")


def test_what_may_be_shared_sets_no_cookie_and_is_the_same_for_everybody(hub):
    found = []
    for path in ("/robots.txt", "/sitemap.xml", "/opensearch.xml", "/manifest.webmanifest"):
        hub.logout()
        before = hub.get(path)
        hub.force_login(hub.ada)
        after = hub.get(path)
        if "public" in before.headers.get("Cache-Control", ""):
            found.append(path)
            assert before.content == after.content
            assert not before.cookies
            assert not after.cookies

    assert found


def test_a_file_keeps_what_a_browser_must_not_do_with_it(hub):
    with letting_go(hub.get("/ada/letters/raw/main/w.txt")) as answer:
        headers = answer.headers

    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in headers["Cache-Control"]
    assert "Content-Encoding" not in headers


def test_pages_are_compressed_and_files_are_not(hub):
    asked = {"Accept-Encoding": "gzip"}

    page = hub.get("/models", headers=asked)
    with letting_go(hub.get("/ada/letters/raw/main/README.md", headers=asked)) as file:
        assert "Content-Encoding" not in file.headers

    assert page.headers["Content-Encoding"] == "gzip"
    assert b"<h1" in gzip.decompress(page.content)
    assert "Accept-Encoding" in page.headers["Vary"]
    assert file.headers["ETag"].startswith('"')


def test_the_length_of_a_compressed_page_says_nothing_about_its_secrets():
    lengths, tokens = set(), set()
    for _ in range(8):
        answer = Client().get("/accounts/login/", headers={"Accept-Encoding": "gzip"})
        lengths.add(len(answer.content))
        tokens |= set(
            re.findall(rb'csrfmiddlewaretoken" value="(\w+)"', gzip.decompress(answer.content))
        )

    assert len(lengths) > 1
    assert len(tokens) >= 8


def test_behind_https_browsers_are_told_to_stay_there(settings, hub):
    settings.SECURE_HSTS_SECONDS = 31_536_000

    assert "Strict-Transport-Security" not in hub.get("/").headers
    assert Client().get("/", secure=True).headers["Strict-Transport-Security"] == "max-age=31536000"
