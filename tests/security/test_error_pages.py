"""Error pages come without database and session, in the visitor's colours, and in the format that was asked for."""

from __future__ import annotations

import json

import pytest
from django.test import Client, RequestFactory

from hub.ui.errors import WORDS, render_error

JSON = {"Accept": "application/json"}
REFUSED = {
    "another host": (400, "GET", "/models", {"Host": "evil.example"}),
    "no token of a page": (403, "POST", "/accounts/login/", {}),
    "no such address": (404, "GET", "/no/such/address/in/this/hub", {}),
    "not this way": (405, "PUT", "/preferences", {}),
    "chunks": (411, "POST", "/preferences", {"Transfer-Encoding": "chunked"}),
    "too large": (413, "POST", "/preferences", {"Content-Length": str(11 * 2**20)}),
}


@pytest.mark.parametrize("status", WORDS)
@pytest.mark.parametrize("theme", ["", "dark"])
def test_a_page_needs_no_database_and_says_what_why_and_what_to_do(status, theme):
    request = RequestFactory().get("/ada/letters", headers={"Cookie": f"theme={theme}"})

    text = render_error(request, status).content.decode()

    assert text.count("<h1>") == 1
    assert f"Error {status}" in text
    assert ('data-theme="dark"' in text) is (theme == "dark")
    assert "width=device-width" in text
    assert 'href="/models"' in text  # a way on
    assert "letters" not in text


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_a_page_for_people(name):
    status, method, url, headers = REFUSED[name]

    answer = ask(method, url, headers)

    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_a_problem_for_programs(name):
    status, method, url, headers = REFUSED[name]

    answer = ask(method, url, headers | JSON)

    problem = json.loads(answer.content)
    assert (answer.status_code, problem["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert len(problem["detail"].split()) > 3
    assert "evil.example" not in answer.content.decode()


def ask(method, url, headers):
    length = headers.get("Content-Length")
    meta = {"CONTENT_LENGTH": length} if length else {}
    given = {name: value for name, value in headers.items() if name != "Content-Length"}
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    return client.generic(
        method, url, b"a=b", "application/x-www-form-urlencoded", headers=given, **meta
    )


def test_the_headers_of_a_refusal_can_be_asked_for_alone():
    answer = Client().head("/no/such/address/in/this/hub")

    assert (answer.status_code, answer.content) == (404, b"")
