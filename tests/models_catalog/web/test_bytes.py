"""Bytes over HTTP as RFC 9110 §13 and §14 have them."""

from __future__ import annotations

import hashlib

import pytest

from models_catalog.storage.models import Verdict
from tests.factories.models import commit_files, judge, judge_all, make_repo
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

CONTENT = b"0123456789"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def revision():
    owner = make_user("ada")
    repo = make_repo("minilm", owner=owner)
    files = {"w.bin": CONTENT, "empty.bin": b"", "run.html": b"<script>alert(1)</script>"}
    revision = commit_files(repo, files, by=owner)
    judge_all(revision)
    return revision


@pytest.fixture
def fetch(client, revision):
    """Fetches a file; answers status, body and response."""

    def get(path: str = "w.bin", *, door: str = "resolve", head: bool = False, **headers: str):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        method = client.head if head else client.get
        response = method(f"/ada/minilm/{door}/main/{path}", headers=names)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return response.status_code, body, response

    return get


def test_a_file_comes_whole_with_its_name_and_its_digest(fetch):
    status, body, response = fetch()

    assert (status, body) == (200, CONTENT)
    assert response["ETag"] == f'"{SHA256}"'
    assert response["Content-Length"] == "10"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Disposition"].startswith('attachment; filename="w.bin"')


@pytest.mark.parametrize(
    ("asked", "sent", "described"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", CONTENT, "bytes 0-9/10"),
        ("bytes=0-", CONTENT, "bytes 0-9/10"),
        ("bytes=0-99", CONTENT, "bytes 0-9/10"),
        ("bytes=9-9", b"9", "bytes 9-9/10"),
        ("bytes=8-" + "9" * 5000, b"89", "bytes 8-9/10"),
        ("bytes=-" + "9" * 5000, CONTENT, "bytes 0-9/10"),
    ],
)
def test_a_range_comes_alone(fetch, asked, sent, described):
    status, body, response = fetch(Range=asked)

    assert (status, body) == (206, sent)
    assert response["Content-Range"] == described
    assert response["Content-Length"] == str(len(sent))


@pytest.mark.parametrize(
    "asked", ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=5-2", "bytes=" + "9" * 5000 + "-"]
)
def test_a_range_outside_of_the_file_is_refused_with_its_length(fetch, asked):
    status, body, response = fetch(Range=asked)

    assert (status, body) == (416, b"")
    assert response["Content-Range"] == "bytes */10"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,4-5", "bytes=-", "lines=0-1", "bytes=a-b", "bytes=0-1-2", "bytes=², ", ""]
)
def test_what_is_not_one_range_is_answered_with_the_whole_file(fetch, asked):
    status, body, response = fetch(Range=asked.encode().decode("latin-1"))

    assert (status, body) == (200, CONTENT)
    assert "Content-Range" not in response


@pytest.mark.parametrize("asked", ["bytes=0-", "bytes=-5", "bytes=0-0", "bytes=7-"])
def test_an_empty_file_has_no_ranges(fetch, asked):
    status, body, response = fetch("empty.bin", Range=asked)

    assert (status, body, response["Content-Length"]) == (200, b"", "0")


def test_a_range_is_sent_if_the_file_is_still_the_same(fetch):
    assert fetch(Range="bytes=0-3", If_Range=f'"{SHA256}"')[:2] == (206, b"0123")


@pytest.mark.parametrize(
    "condition", ['"another"', f'W/"{SHA256}"', "Sat, 21 Nov 2026 10:00:00 GMT"]
)
def test_the_whole_file_is_sent_if_it_may_be_another_one(fetch, condition):
    assert fetch(Range="bytes=0-3", If_Range=condition)[:2] == (200, CONTENT)


def test_head_tells_the_length_and_ignores_ranges(fetch):
    status, body, response = fetch(head=True, Range="bytes=0-3")

    assert (status, body, response["Content-Length"]) == (200, b"", "10")
    assert "Content-Range" not in response


@pytest.mark.parametrize("condition", [f'"{SHA256}"', f'W/"{SHA256}"', f'"a", "{SHA256}"', "*"])
def test_a_file_that_the_client_has_is_not_sent_again(fetch, condition):
    status, body, response = fetch(If_None_Match=condition, Range="bytes=0-3")

    assert (status, body, response["ETag"]) == (304, b"", f'"{SHA256}"')


@pytest.mark.parametrize("door", ["resolve", "raw"])
def test_no_browser_takes_a_file_for_a_page(fetch, door):
    _, _, response = fetch("run.html", door=door)

    assert response["Content-Type"] in {"application/octet-stream", "text/plain; charset=utf-8"}
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_file_that_needs_a_look_says_so(fetch, revision):
    judge(revision, "w.bin", Verdict.SUSPICIOUS)

    assert fetch()[2]["X-Hub-Scan"] == "suspicious"


def test_behind_a_proxy_the_bytes_are_the_proxys_work(fetch, settings):
    settings.X_ACCEL_PREFIX = "/_bytes"

    status, body, response = fetch()

    assert (status, body) == (200, b"")
    assert (
        response["X-Accel-Redirect"] == f"/_bytes/blobs/sha256/{SHA256[:2]}/{SHA256[2:4]}/{SHA256}"
    )


@pytest.mark.parametrize(
    "address",
    [
        "/ada%00/minilm",
        "/ada/mini%00lm",
        "/ada/minilm/tree/ma%00in",
        "/ada/minilm/resolve/main/w%00.bin",
        "/ada/minilm/resolve/ma%00in/w.bin",
        "/acc/ARB%00",
        "/ada/minilm/resolve/%F0%28%8C%28/w.bin",
    ],
)
def test_an_address_that_no_database_can_hold_leads_nowhere(client, revision, address):
    assert client.get(address).status_code == 404
