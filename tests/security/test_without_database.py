"""The database is away: every page says so, in our look or as JSON, and says when to come back."""

from __future__ import annotations

import http.client
import json
from contextlib import closing

import pytest

from tests.services.ports import free_port
from tests.services.web import web_server

COOKIES = {"Cookie": "session=abcdefgh; theme=dark"}
PAGES = ["/", "/models", "/ada/minilm", "/settings/profile", "/orgs/savanna/people", "/search?q=a"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    away = f"postgres://hub:hunter2@127.0.0.1:{free_port()}/hub"
    with web_server(tmp_path_factory.mktemp("web"), DATABASE_URL=away) as running:
        yield running


@pytest.fixture
def ask(server):
    def send(path, method="GET", **headers):
        line = http.client.HTTPConnection("localhost", server.port, timeout=20)
        with closing(line):
            line.request(method, path, headers=COOKIES | headers)
            answer = line.getresponse()
            return answer, answer.read().decode()

    return send


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_that_the_database_is_away(ask, path):
    answer, text = ask(path)

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<h1>The hub cannot answer just now</h1>" in text
    assert 'data-theme="dark"' in text


def test_a_program_gets_a_problem(ask):
    answer, text = ask("/api/v1/models", Accept="application/json")

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(text)["code"] == "unavailable"


def test_the_headers_alone_can_be_asked_for(ask):
    answer, text = ask("/models", method="HEAD")

    assert (answer.status, text) == (503, "")


def test_what_needs_no_database_is_answered_as_ever(ask):
    answer, text = ask("/no/route/has/this/many/segments/at/all", Cookie="theme=dark")

    assert answer.status == 404
    assert "<h1>" in text


def test_the_health_page_tells_that_and_nothing_else(ask):
    answer, text = ask("/healthz", Cookie="")

    assert (answer.status, json.loads(text)) == (503, {"status": "database unavailable"})


def test_the_log_keeps_the_password_to_itself(ask, server):
    ask("/models")

    assert "OperationalError" in server.log
    assert "hunter2" not in server.log
