import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from hub.api.problems import KINDS
from hub.core.errors import DomainError
from tests.factories.api import Program, by_cookie
from tests.factories.people import make_token, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PROBLEM = "application/problem+json"


def every_kind(error=DomainError):
    yield error
    for each in error.__subclasses__():
        yield from every_kind(each)


def test_every_refusal_of_the_hub_is_a_known_kind_of_problem(client):
    client.get("/api/v1/")  # so that every endpoint has been imported

    unknown = {each.code for each in every_kind()} - KINDS.keys()

    assert unknown == set()


def test_the_type_of_a_problem_leads_to_words_about_it(client):
    said = client.get("/api/v1/models/no/where").json()
    where, _, anchor = said["type"].partition("#")
    page = client.get(where.partition("/api")[1] + where.partition("/api")[2]).content.decode()

    assert f'id="{anchor}"' in page


def test_a_problem_has_the_members_of_the_standard():
    answer = Program().get("/models/no/where")

    assert answer.headers["Content-Type"] == PROBLEM
    said = answer.json()
    assert said.keys() == {"type", "title", "status", "detail", "code"}
    assert said["status"] == answer.status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_an_address_that_is_none_is_a_problem_whatever_the_method(method):
    answer = Program()(method, "/no/such/thing")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)


def test_a_method_that_an_address_does_not_take_is_named_with_those_it_takes():
    answer = Program(make_user("ada"))("DELETE", "/models")

    assert (answer.status_code, answer.headers["Content-Type"]) == (405, PROBLEM)
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_a_bad_token_is_told_how_to_come_in():
    answer = Client().get("/api/v1/models", headers={"Authorization": "Bearer arb_nothing"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (401, PROBLEM)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_stranger_who_changes_something_is_asked_to_sign_in():
    answer = Program().post("/models", {"namespace": "x", "name": "y"})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "sign_in_required"


def test_a_cookie_alone_changes_nothing():
    ada = make_user("ada")
    browser = by_cookie(ada)

    answer = browser.post(
        "/api/v1/models", {"namespace": "ada", "name": "m"}, content_type="application/json"
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


def test_a_cookie_with_its_csrf_token_counts():
    ada = make_user("ada")
    browser = by_cookie(ada)
    browser.get("/new")
    proof = browser.cookies["csrf"].value

    answer = browser.post(
        "/api/v1/models",
        {"namespace": "ada", "name": "m"},
        content_type="application/json",
        headers={"X-CSRFToken": proof},
    )

    assert answer.status_code == 201


def test_a_cookie_reads_without_proof():
    assert by_cookie(make_user("ada")).get("/api/v1/").json()["signed_in_as"] == "ada"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b'{"name": NaN}', 400, "malformed"),
        (b'{"name": 1e999}', 400, "malformed"),
        (b'{"name": "a", "name": "b"}', 400, "malformed"),
        (b'{"name": "\\u0000"}', 400, "malformed"),
        (b'{"name": "\\ud800"}', 400, "malformed"),
        (b'{"\\ud800": 1}', 400, "malformed"),
        (b'{"name": ' + b"9" * 5000 + b"}", 400, "malformed"),
        (b"[" * 100_000, 400, "malformed"),
        (b'{"a":' * 20 + b"1" + b"}" * 20, 400, "malformed"),
        (b"[]", 400, "invalid"),
        (b"null", 400, "invalid"),
        (b"", 400, "invalid"),
        (b" " * (10 * 2**20 + 1), 413, "too_large"),
    ],
)
def test_a_body_that_is_no_good_is_refused(body, status, code):
    program = Program(make_user("ada"))

    answer = program.client.generic(
        "POST", "/api/v1/models", body, "application/json", headers=program.headers
    )

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == PROBLEM


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "multipart/form-data; boundary=x",
    ],
)
def test_a_body_of_another_kind_is_refused(kind):
    program = Program(make_user("ada"))

    answer = program.client.generic(
        "POST", "/api/v1/models", b"name=x", kind, headers=program.headers
    )

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_fields_that_nobody_knows_are_named():
    answer = Program(make_user("ada")).post(
        "/models", {"namespace": "ada", "name": "m", "colour": "red", "shape": "round"}
    )

    assert answer.status_code == 400
    assert {each["field"] for each in answer.json()["errors"]} == {"colour", "shape"}


def test_fields_inside_of_lists_are_named_by_their_path():
    answer = Program(make_user("ada")).post(
        "/models/no/where/commits", {"operations": [{"do": "add", "path": "x"}]}
    )
    assert (
        answer.status_code == 404
    )  # no word about the body to somebody who may not know of the model


def test_somebody_who_accepts_no_json_is_told():
    answer = Program().get("/models", Accept="image/png")

    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


def test_a_program_that_asks_a_page_for_json_gets_a_problem(client):
    answer = client.get("/no/where", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)


def test_a_person_who_opens_a_page_keeps_a_page(client):
    assert client.get("/no/where").headers["Content-Type"].startswith("text/html")


def test_an_expired_token_is_none():
    _, secret = make_token(make_user("ada"), expires_at=timezone.now() + timedelta(hours=1))

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        answer = Client().get("/api/v1/", headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 401
    assert json.loads(answer.content)["code"] == "sign_in_required"
