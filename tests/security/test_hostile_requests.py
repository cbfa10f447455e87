"""Requests that nobody sends in good faith: each is refused with a sentence, and none makes the hub stumble."""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

import pytest

from tests.factories.models import CARD, commit_files, judge_all, make_repo
from tests.factories.people import add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

FORM = "application/x-www-form-urlencoded"
PART = b'--x\r\nContent-Disposition: form-data; name="a"%s\r\n\r\nhi\r\n--x--\r\n'


@pytest.fixture
def hub(client):
    """Ada owns savanna and everything here; carl is an admin of it; the client is signed in as carl."""
    ada, carl = make_user("ada"), make_user("carl")
    savanna = make_organization("savanna", ada, preset="open")
    add_member(savanna, carl, "admin")
    repo = make_repo("minilm", owner=ada, organization=savanna)
    judge_all(commit_files(repo, {"README.md": CARD, "w.bin": b"0123456789"}, by=ada))
    hidden = make_repo("hidden", owner=ada, visibility="private")
    commit_files(hidden, {"README.md": CARD}, by=ada)
    client.force_login(carl)
    return client


def cursor(packed: str) -> str:
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


class Hostile(NamedTuple):
    """One request and its answer."""

    method: str
    url: str
    status: int
    body: bytes = b""
    content_type: str = FORM
    headers: tuple[tuple[str, str], ...] = ()


def get(url: str, status: int, **headers: str) -> Hostile:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Hostile("GET", url, status, headers=named)


MODEL = "/savanna/minilm"
CURSORS = {
    "infinity": "[0,Infinity]",
    "less than everything": "[0,-Infinity]",
    "no number": "[0,NaN]",
    "beyond 64 bits": f"[0,{10**30}]",
    "a float beyond 64 bits": "[0,1e300]",
    "nested": "[" * 1500,
    "half a character": '[0,"\\ud800"]',
    "null": "[0,null]",
    "a list": "[0,[1]]",
    "text for a number": '[0,"x"]',
    "too many values": "[0,1,2,3]",
    "none": "[0]",
    "a number alone": "7",
}
MOMENTS = {
    "before the first year": '[0,"0001-01-01T00:00:00+23:59",1]',
    "after the last": '[0,"9999-12-31T23:59:59-23:59",1]',
    "no day": '[0,"2020-02-31T00:00:00Z",1]',
}
HALF = cursor('[0,"\\ud800",1]')
LONG = cursor(f"[0,1,{10**300}]")
CURSORS_THAT_NOBODY_GAVE = {
    **{
        f"versions after {n}": get(f"{MODEL}/versions?cursor={cursor(c)}", 400)
        for n, c in CURSORS.items()
    },
    **{f"models after {n}": get(f"/models?cursor={cursor(c)}", 400) for n, c in MOMENTS.items()},
    **{
        f"audit after {n}": get(f"/orgs/savanna/audit?cursor={cursor(c)}", 400)
        for n, c in MOMENTS.items()
    },
    "models by name after half a character": get(f"/models?sort=name&cursor={HALF}", 400),
    "models by name after 300 digits": get(f"/models?sort=name&cursor={LONG}", 400),
    "tokens after infinity": get(f"/settings/tokens?cursor={cursor('[0,Infinity]')}", 400),
    "people after no Base64": get("/orgs/savanna/people?cursor=%C3%A9%00!", 400),
    "upload to a change that is no number": get(f"{MODEL}/upload?change=%C2%B2", 400),
}
ADDRESSES = {
    "a revision of two segments": get(f"{MODEL}/files?revision=a/b", 404),
    "a ref of four": get(f"{MODEL}/files?revision=refs/x/y/z", 404),
    "NUL for a person": get("/%00", 404),
    "NUL for a revision": get(f"{MODEL}/tree/%00", 404),
    "NUL in a path": get(f"{MODEL}/raw/main/w%00.bin", 404),
    "a way out of the folder": get(f"{MODEL}/raw/main/..%2f..%2fdb.sqlite3", 404),
    "a way out in dots": get(f"{MODEL}/raw/main/%2e%2e/%2e%2e/manage.py", 404),
    "an absolute path": get(f"{MODEL}/raw/main//etc/passwd", 404),
    "broken UTF-8": get(f"{MODEL}/raw/main/%ED%A0%80", 404),
    "1500 folders": get(f"{MODEL}/raw/main/{'a/' * 1500}b", 404),
    "a revision of 10 kB": get(f"{MODEL}/raw/{'a' * 10_000}/w.bin", 404),
    "a namespace of 10 kB": get(f"/{'a' * 10_000}", 404),
    "a version beyond 64 bits": get(f"{MODEL}/versions/{10**25}", 404),
    "a discussion beyond 64 bits": get(f"{MODEL}/discussions/{10**25}", 404),
    "a token beyond 64 bits": get(f"/settings/tokens/{10**25}/revoke", 404),
    "no accession": get("/acc/%E2%80%AE", 404),
    "no id": get("/id/00000000-0000-0000-0000-000000000000", 404),
    "the page for developers": get("/_ui/", 404),
    "static files above the folder": get("/static/..%2f..%2fmanage.py", 404),
}
HEADERS = {
    "credentials that are no text": get(MODEL, 401, Authorization="Basic /////w=="),
    "a token of 7 kB": get(MODEL, 401, Authorization=f"Bearer {'a' * 7000}"),
    "another hub": get(MODEL, 400, Host="evil.example"),
    "another hub behind a name": get(MODEL, 400, Host="localhost@evil.example"),
    "half an IPv6 address": get(MODEL, 400, Host="[::1"),
}
METHODS = {
    "PUT to a page": Hostile("PUT", MODEL, 405),
    "DELETE of a model": Hostile("DELETE", MODEL, 405),
    "TRACE of settings": Hostile("TRACE", f"{MODEL}/settings", 405),
    "PATCH of terms": Hostile("PATCH", f"{MODEL}/terms", 405),
    "POST to a file": Hostile("POST", f"{MODEL}/raw/main/w.bin", 405),
    "GET of a button": get(f"{MODEL}/discussions/1/merge", 405),
}
BODIES = {
    "a form in rot13": Hostile(
        "POST", "/preferences", 400, PART % b"", "multipart/form-data; boundary=x; charset=rot13"
    ),
    "a form in UTF-7": Hostile(
        "POST", "/preferences", 400, PART % b"", "multipart/form-data; boundary=x; charset=utf-7"
    ),
    "a form without a boundary": Hostile("POST", "/new", 400, b"x", "multipart/form-data"),
    "a file where none is asked for": Hostile(
        "POST", "/new", 400, PART % b'; filename="f"', "multipart/form-data; boundary=x"
    ),
    "a file for a button without a token": Hostile(
        "POST", "/preferences", 400, PART % b'; filename="f"', "multipart/form-data; boundary=x"
    ),
    "1500 fields": Hostile("POST", "/new", 413, b"&".join(b"a%d=1" % n for n in range(1500))),
    "11 MB of a field": Hostile("POST", "/new", 413, b"a=" + b"x" * 11 * 2**20),
}
OTHERS_AFFAIRS = {
    "a hidden model": get("/ada/hidden", 404),
    "its bytes": get("/ada/hidden/raw/main/README.md", 404),
    "its settings": Hostile("POST", "/ada/hidden/settings", 404),
    "a model under somebody's name": Hostile(
        "POST", "/new", 422, b"owner=ada&name=x&visibility=public"
    ),
    "raising oneself": Hostile(
        "POST", "/orgs/savanna/people/carl", 422, b"roles=owner&roles=admin"
    ),
    "becoming security reviewer": Hostile(
        "POST", "/orgs/savanna/people/carl", 422, b"roles=security_reviewer"
    ),
    "removing the owner": Hostile("POST", "/orgs/savanna/people/ada/remove", 403),
    "inviting a second owner": Hostile(
        "POST", "/orgs/savanna/invite", 422, b"username=carl&role=owner"
    ),
    "somebody's invitation": Hostile("POST", "/invitations/1", 404, b"answer=withdraw"),
    "a held file without the role": Hostile(
        "POST", "/ada/hidden/examine/main/README.md", 404, b"purpose=x"
    ),
}


@pytest.mark.parametrize(
    "requests",
    [CURSORS_THAT_NOBODY_GAVE, ADDRESSES, HEADERS, METHODS, BODIES, OTHERS_AFFAIRS],
    ids=["cursors", "addresses", "headers", "methods", "bodies", "others"],
)
def test_hostile_requests_are_refused_with_a_sentence(hub, requests):
    answers = {name: send(hub, hostile) for name, hostile in requests.items()}

    assert {n: a.status_code for n, a in answers.items()} == {
        n: r.status for n, r in requests.items()
    }
    assert [name for name, answer in answers.items() if not _says_something(answer)] == []


def send(client, hostile: Hostile):
    headers = dict(hostile.headers)
    return client.generic(
        hostile.method, hostile.url, hostile.body, hostile.content_type, headers=headers
    )


def _says_something(response) -> bool:
    text = response.content.decode()
    if response.headers["Content-Type"] == "application/problem+json":
        return len(json.loads(text)["detail"].split()) > 3
    return "<h1" in text and "Traceback" not in text


def test_a_hidden_model_answers_like_a_missing_one_to_the_byte(hub):
    doors = [
        "",
        "/tree/main",
        "/raw/main/README.md",
        "/archive/main.zip",
        "/settings",
        "/discussions/1",
        "/security",
    ]
    hidden = [hub.get(f"/ada/hidden{door}") for door in doors]
    missing = [hub.get(f"/ada/hiddem{door}") for door in doors]

    assert {answer.status_code for answer in hidden} == {404}
    assert [answer.content for answer in hidden] == [answer.content for answer in missing]
    assert [_headers(answer) for answer in hidden] == [_headers(answer) for answer in missing]


def _headers(response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("ends", ["", ".csv"])
def test_the_last_day_there_is_can_be_asked_for(hub, ends):
    assert hub.get(f"/orgs/savanna/audit{ends}?until=9999-12-31").status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(hub, wanted):
    assert hub.post("/preferences", {"theme": "dark", "next": wanted}).headers["Location"] == "/"
