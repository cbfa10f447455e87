"""Every address of the hub, from the URLconf, asked for by people who should not and in ways nobody should."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from hub.core.rate_limits import LIMITS
from models_catalog.uploads.actions.sessions import start_upload
from tests.factories.models import CARD, judge_all, make_repo, propose
from tests.factories.people import acting, make_organization, make_token, make_user
from tests.security.routes import Route, every_route
from tests.services.answers import let_go, letting_go

pytestmark = [pytest.mark.django_db, pytest.mark.data]

ROUTES = every_route()
OF_A_MODEL = [route for route in ROUTES if route.is_of_model]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FROBNICATE")
HIDDEN, MISSING = "eaglet", "owlets"  # as long as each other
EXEMPT = {
    "api:": "what is left of the API: 404, whatever comes",
    "csp-report": "browsers send it by themselves; it changes nothing",
    "governance:unsubscribe": "mail programs send it; the signed address is the proof (RFC 8058)",
    "ui:preferences": "changes the looks of one browser; public pages then need no cookie",
}


@pytest.fixture(autouse=True)
def without_limits(settings):
    settings.RATE_LIMITS = dict.fromkeys(LIMITS, "0/60")
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def scene():
    """A private model of an organisation with a file, a change, a version in the making and an upload."""
    ada, grace = make_user("ada"), make_user("grace")
    savanna = make_organization("savanna", ada)
    uploads = []
    for name, visibility in (("minilm", "public"), (HIDDEN, "private")):
        repo = make_repo(name, owner=ada, organization=savanna, visibility=visibility)
        judge_all(propose(repo, {"README.md": CARD}, by=ada).head)
        uploads.append(str(start_upload(repo, actor=acting(ada)).public_id))
    return {"ada": ada, "grace": grace, "upload": uploads[0], "hidden upload": uploads[1]}


def visitor(user=None, **options) -> Client:
    client = Client(raise_request_exception=False, **options)
    if user is not None:
        client.force_login(user)
    return client


def with_token(user) -> Client:
    return visitor(headers={"Authorization": f"Bearer {make_token(user, scope='admin')[1]}"})


# --- what is hidden ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["a stranger", "somebody else", "somebody else's program"])
def test_a_hidden_model_answers_everywhere_like_a_missing_one(scene, who):
    client = {
        "a stranger": visitor,
        "somebody else": lambda: visitor(scene["grace"]),
        "somebody else's program": lambda: with_token(scene["grace"]),
    }[who]()

    told = []
    for route in OF_A_MODEL:
        for method in METHODS:
            hidden, missing = (
                answer_to(client, method, route, name=name, upload_id=scene["upload"])
                for name in (HIDDEN, MISSING)
            )
            if hidden != missing or hidden[0] not in (200, 204, 302, 401, 404, 405, 412):
                told.append((method, str(route), hidden[0], missing[0]))
            if hidden[0] in (200, 204) and method != "OPTIONS":
                told.append((method, str(route), "answered", hidden[0]))

    assert told == []


def answer_to(client: Client, method: str, route: Route, **values: str):
    """Status, headers and body, with the asked-for name taken out of them."""
    response = client.generic(method, route.filled(**values))
    body = b"".join(response) if response.streaming else response.content
    headers = {
        name: value.replace(MISSING, HIDDEN)
        for name, value in response.headers.items()
        if name not in ("X-Request-Id", "RateLimit")
    }
    return response.status_code, headers, body.replace(MISSING.encode(), HIDDEN.encode())


def test_a_page_that_is_not_found_never_names_what_was_asked_for(scene):
    client = visitor(scene["grace"])

    named = [
        str(route)
        for route in OF_A_MODEL
        if HIDDEN.encode() in client.get(route.filled(name=HIDDEN)).content
    ]

    assert named == []


# --- methods ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["a stranger", "the owner"])
def test_no_method_makes_any_address_stumble(scene, who):
    wrong: list[tuple[object, ...]] = []
    for route in ROUTES:
        client = visitor(scene["ada"] if who == "the owner" else None)
        for method in METHODS:
            answer = client.generic(method, route.filled(upload_id=scene["upload"]))
            if answer.status_code >= 500:
                wrong.append((method, str(route), answer.status_code))
            if answer.status_code == 405 and not (
                answer.headers["Allow"] and says_why(answer, method)
            ):
                wrong.append((method, str(route), "says not why"))
            let_go(answer)

    assert wrong == []


def says_why(answer, method="GET") -> bool:
    if method == "HEAD":
        return True
    text = answer.content.decode()
    media_type = answer.headers["Content-Type"].partition(";")[0]
    if media_type in ("application/json", "application/problem+json"):
        return len((json.loads(text).get("detail") or json.loads(text)["error"]).split()) >= 3
    return "<h1" in text and "Traceback" not in text


# --- forged forms -----------------------------------------------------------------------------------------------------
def test_no_form_works_without_its_token(scene):
    taken = {}
    for route in ROUTES:
        client = visitor(scene["ada"], enforce_csrf_checks=True)
        answer = client.post(route.filled(upload_id=scene["upload"]), {"x": "y"})
        if answer.status_code not in (403, 405):
            taken[route.view_name] = answer.status_code
        elif answer.status_code == 403:
            assert says_why(answer), route

    assert {name: status for name, status in taken.items() if name not in EXEMPT} == {}


# --- addresses --------------------------------------------------------------------------------------------------------
SEGMENTS = {
    "up and up": "..%2f..%2f..%2fetc%2fpasswd",
    "a backslash": "..%5c..%5cboot.ini",
    "NUL": "a%00b",
    "a line break": "a%0d%0aSet-Cookie:%20x=y",
    "right to left": "a%e2%80%aeb",
    "overlong UTF-8": "%c0%ae%c0%ae",
    "half a character": "%ed%a0%80",
    "no UTF-8": "%ff%fe",
    "10 kB": "a" * 10_000,
    "a template": "{{7*7}}${7*7}<%25=7*7%25>",
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E",
    "SQL": "'%20OR%201=1--",
    "a wildcard": "%25_*?",
    "a query": "%3fa=b%23c",
}


@pytest.mark.parametrize("hostile", SEGMENTS)
def test_no_name_in_an_address_makes_it_stumble(scene, hostile):
    client, value = visitor(scene["ada"]), SEGMENTS[hostile]
    wrong: list[tuple[object, ...]] = []
    for route in ROUTES:
        for parameter in own_texts(route):
            url = route.filled(**{parameter: value, "upload_id": scene["upload"]})
            answer = client.get(url, headers={"Accept": "application/json"})
            if answer.status_code not in expected(route):
                wrong.append((str(route), parameter, answer.status_code))
            elif answer.status_code in (301, 302) and "evil" in answer.headers["Location"]:
                wrong.append((str(route), parameter, answer.headers["Location"]))

    assert wrong == []


def own_texts(route: Route) -> set[str]:
    """What is looked up here and not by the one function that finds models, which two addresses are enough for."""
    if route.is_of_model and route.view_name not in ("catalog:model", "api:model"):
        return set(route.texts) - {"namespace", "name"}
    return set(route.texts)


OF_OFFICES = ("api:recall", "catalog:recall", "api:suspension")


def expected(route: Route) -> tuple[int, ...]:
    # allauth says on a page that a link of a mail is spent
    spent = (200,) if route.view_name == "account_reset_password_from_key" else ()
    only_for_offices = (403,) if route.view_name in OF_OFFICES else ()  # whatever is asked for
    return (301, 302, 400, 404, 405, 406, 412, *spent, *only_for_offices)


# --- questions --------------------------------------------------------------------------------------------------------
PARAMETERS = re.findall(
    r"\w+",
    """q sort task license library language tag dataset view author namespace visibility approval gating verdict actor
    event subject since until state kind path revision number change version tab role status next page size limit
    fields before after format""",
)
QUESTIONS = {
    "NUL": "a%00b",
    "half a character": "%ed%a0%80",
    "a number beyond 64 bits": str(10**25),
    "less than nothing": "-1",
    "quotes and operators": "%22a%20NEAR(b%20OR%20%27--%20AND%20NOT%20*%3A(",
    "10 kB": "a" * 10_000,
    "the last day": "9999-12-31",
    "no day": "2026-02-31T25:61:61%2b99:99",
}


ALSO_CURSORS = ("NUL", "10 kB")


def test_no_question_makes_an_address_stumble(scene):
    client, wrong = visitor(scene["ada"]), []
    for route in ROUTES:
        url = route.filled(upload_id=scene["upload"])
        with letting_go(client.get(url)) as plain:
            if plain.status_code != 200 or plain.streaming:
                continue
        for name, value in QUESTIONS.items():
            asked = "&".join(f"{parameter}={value}" for parameter in PARAMETERS)
            for query in (asked, f"cursor={value}") if name in ALSO_CURSORS else (asked,):
                with letting_go(client.get(f"{url}?{query}")) as answer:
                    if answer.status_code >= 500:
                        wrong.append((str(route), name, query[:9], answer.status_code))

    assert wrong == []


# --- forms ------------------------------------------------------------------------------------------------------------
ENTRIES = {
    "NUL": "a\0b",
    "half a character": b"\xed\xa0\x80",
    "100 kB": "a" * 100_000,
    "right to left": "\u202e\u2066a",
    "a number beyond 64 bits": str(10**25),
    "nothing": "",
    "a list of JSON": "[[[[1]]]]",
    "a moment": "9999-12-31T23:59:59-23:59",
}


def test_no_entry_makes_a_form_stumble(scene):
    wrong = []
    for route in (each for each in ROUTES if not each.template.startswith("/api/")):
        url = route.filled(upload_id=scene["upload"])
        client = visitor(scene["ada"])
        with letting_go(client.get(url)) as page:
            content = b"" if page.streaming else page.content
        names = {name.decode() for name in re.findall(rb'name="([\w-]+)"', content)}
        names |= {"title", "body", "reason", "decision", "file", "path"}
        for name, entry in ENTRIES.items():
            answer = client.post(url, dict.fromkeys(names - {"csrfmiddlewaretoken"}, entry))
            if answer.status_code == 405:
                break
            if answer.status_code >= 500:
                wrong.append((str(route), name, answer.status_code))

    assert wrong == []


# --- JSON -------------------------------------------------------------------------------------------------------------
BODIES = {
    "broken": b'{"a": ',
    "a list": b"[1, 2]",
    "nothing": b"",
    "nested": b"[" * 100_000,
    "no UTF-8": b'{"name": "\xff"}',
    "NUL": b'{"name": "a\\u0000b", "title": "\\u0000"}',
    "a long number": b'{"number": ' + b"9" * 5000 + b"}",
    "XML": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
}


def test_no_body_makes_the_api_stumble(scene):
    client, wrong = with_token(scene["ada"]), []
    for route in (each for each in ROUTES if each.template.startswith("/api/")):
        url = route.filled(upload_id=scene["upload"])
        for method in ("POST", "PUT", "PATCH"):
            for name, body in BODIES.items():
                answer = client.generic(method, url, body, "application/json")
                if not (
                    answer.status_code < 400 or (answer.status_code < 500 and says_why(answer))
                ):
                    wrong.append((method, str(route), name, answer.status_code))
                if answer.status_code == 405:
                    break

    assert wrong == []
