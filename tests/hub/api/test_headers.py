import pytest
from django.test import Client

from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

SETTINGS = "/models/ada/minilm/settings"


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def program(ada):
    make_repo("minilm", owner=ada)
    return Program(ada)


@pytest.mark.parametrize("path", ["/models", "/models/no/where", "/no/such/address", "/docs"])
def test_every_answer_says_what_is_left(path):
    answer = Program().get(path)

    assert answer.headers["RateLimit-Policy"] == '"api-anonymous";q=600;w=600'
    assert answer.headers["RateLimit"].startswith('"api-anonymous";r=')


def test_a_bad_token_counts_too():
    answer = Client().get("/api/v1/", headers={"Authorization": "Bearer arb_no"})

    assert answer.status_code == 401
    assert "RateLimit" in answer.headers


def test_people_are_counted_for_themselves_and_by_what_they_do(program):
    answer = program.post("/models", {"namespace": "ada", "name": "other"})

    assert '"api";q=' in answer.headers["RateLimit-Policy"]
    assert '"make";q=' in answer.headers["RateLimit-Policy"]


def test_who_asks_too_often_is_told_when_to_come_back(settings):
    settings.RATE_LIMITS = {"api-anonymous": "2/60"}
    somebody = Program()

    answers = [somebody.get("/models") for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    refused = answers[-1]
    assert refused.json()["code"] == "too_many_requests"
    assert int(refused.headers["Retry-After"]) == refused.json()["retry_after"] > 0
    assert '"api-anonymous";r=0;t=' in refused.headers["RateLimit"]


def test_a_change_of_what_was_read_is_taken(program):
    etag = program.get(SETTINGS).headers["ETag"]

    answer = program("PATCH", SETTINGS, {"visibility": "private"}, headers={"If-Match": etag})

    assert answer.status_code == 200
    assert answer.json()["visibility"] == "private"
    assert answer.headers["ETag"] != etag


def test_a_change_of_what_has_changed_since_is_refused(program):
    etag = program.get(SETTINGS).headers["ETag"]
    program("PATCH", SETTINGS, {"visibility": "private"})

    answer = program("PATCH", SETTINGS, {"visibility": "internal"}, headers={"If-Match": etag})

    assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
    assert program.get(SETTINGS).json()["visibility"] == "private"


def test_a_change_without_a_condition_is_taken(program):
    assert program("PATCH", SETTINGS, {"visibility": "private"}).status_code == 200


def test_what_somebody_sees_is_for_no_shared_cache(program):
    answer = program.get("/models/ada/minilm")

    assert "private" in answer.headers["Cache-Control"]
    assert {"Authorization", "Cookie"} <= {
        each.strip() for each in answer.headers["Vary"].split(",")
    }


def test_head_is_get_without_the_body(program):
    answer = program("HEAD", "/models/ada/minilm")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"] == program.get("/models/ada/minilm").headers["ETag"]
