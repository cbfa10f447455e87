import csv
import io
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.orgs.actions import describe_organization
from governance.audit.actions import seal
from governance.audit.canonical import canonical
from tests.accounts.api.callers import Browser
from tests.factories.api import Program
from tests.factories.people import acting, make_organization, make_token, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

AUDIT = "/orgs/savanna/audit"


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def savanna(ada):
    return make_organization("savanna", ada)


@pytest.fixture
def program(ada, savanna):
    return Program(ada)


def describe(organization, owner, words):
    describe_organization(
        organization, display_name="S", description=words, contact="", actor=acting(owner)
    )


def events(answer):
    return [each["event"] for each in answer.json()["items"]]


def test_the_record_tells_what_happened_newest_first(program, savanna, ada):
    describe(savanna, ada, "Small models.")

    answer = program.get(AUDIT)

    assert events(answer)[0] == "organization:described"
    assert events(answer)[-1] == "organization:created"
    newest = answer.json()["items"][0]
    assert (newest["actor"], newest["means"], newest["token"]) == ("ada", "session", None)
    assert newest["sentence"] == "changed what savanna says of itself"
    assert newest["sequence"] is None


def test_filters_narrow_it_as_on_the_page(program):
    assert events(program.get(f"{AUDIT}?event=organization:created")) == ["organization:created"]
    assert events(program.get(f"{AUDIT}?actor=nobody-here")) == []
    assert events(program.get(f"{AUDIT}?since=2999-01-01")) == []
    assert events(program.get(f"{AUDIT}?until=2000-01-01")) == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("event=repo:exploded", "event"),
        ("since=yesterday", "since"),
        ("until=0000-00-00", "until"),
        ("actor=%00", "actor"),
        ("actor=" + "x" * 151, "actor"),
    ],
)
def test_what_cannot_be_asked_for_is_named(program, asked, field):
    answer = program.get(f"{AUDIT}?{asked}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


def test_the_record_pages_by_its_own_links(program, savanna, ada):
    for n in range(3):
        describe(savanna, ada, f"{n}")

    first = program.get(f"{AUDIT}?limit=2&event=organization:described").json()
    second = program.get(first["next"]).json()

    assert (len(first["items"]), len(second["items"])) == (2, 1)
    assert program.get(second["previous"]).json()["items"] == first["items"]


def test_ones_own_record_tells_where_one_was(ada):
    browser = Browser(ada)
    browser("PATCH", "/me/profile", {"display_name": "A."})

    newest = browser.get("/me/audit").json()["items"][0]

    assert newest["event"] == "user:described"
    assert newest["details"]["address"] == "127.0.0.1"


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_program_with_less_than_everything_reads_no_record(ada, savanna, scope):
    program = Program(ada, scope=scope)

    answers = [program.get(path) for path in (AUDIT, f"{AUDIT}/export", "/me/audit")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "Read the audit log" in answers[0].json()["detail"]


def test_an_export_holds_the_rows_of_the_page(program, savanna, ada):
    describe(savanna, ada, "=SUM(A1)")

    answer = program.get(f"{AUDIT}/export")
    lines = [json.loads(line) for line in answer.getvalue().splitlines()]
    table = program.get(f"{AUDIT}/export?format=csv").getvalue().decode()

    assert answer.headers["Content-Type"].startswith("application/jsonl")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="savanna-audit.jsonl"'
    assert [line["name"] for line in lines] == events(program.get(AUDIT))
    assert [row["name"] for row in csv.DictReader(io.StringIO(table))] == [
        line["name"] for line in lines
    ]


def test_an_export_as_something_else_is_refused(program):
    answer = program.get(f"{AUDIT}/export?format=xlsx")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "format"


def test_the_record_of_the_hub_is_for_its_administrators_in_person(savanna):
    grace = make_user("grace", is_superuser=True)

    assert "organization:created" in events(Browser(grace).get("/audit"))
    assert Program(grace).get("/audit").status_code == 403


def test_the_last_checkpoint_can_be_checked_with_nothing_else(program):
    seal()
    make_token(make_user("grace"))
    seal()

    said = program.get("/audit/chain").json()

    checkpoint = said["checkpoint"]
    (key,) = (each for each in said["keys"] if each["id"] == checkpoint["signed"]["key_id"])
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key["public_key"]))
    public.verify(bytes.fromhex(checkpoint["signature"]), canonical(checkpoint["signed"]))
    assert checkpoint["signed"]["previous_signature"]
    assert said["sealed_up_to"] == said["signed_up_to"] == checkpoint["signed"]["sequence"]
    assert said["is_waiting"] is False


def test_a_chain_that_has_not_begun_says_so(program):
    said = program.get("/audit/chain").json()

    assert (said["sealed_up_to"], said["checkpoint"], said["is_waiting"]) == (0, None, True)


def test_many_events_cost_the_queries_of_one(program, savanna, ada):
    path = f"{AUDIT}?event=organization:described"
    describe(savanna, ada, "1")
    program.get(path)
    with CaptureQueriesContext(connection) as one:
        program.get(path)
    for n in range(19):
        describe(savanna, ada, f"{n}")

    with CaptureQueriesContext(connection) as twenty:
        answer = program.get(path)

    assert len(answer.json()["items"]) == 20
    assert len(twenty) == len(one)
