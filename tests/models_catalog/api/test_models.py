import pytest

from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import make_organization, make_user
from tests.factories.shelf import shelve

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def program(ada):
    return Program(ada)


def test_a_stranger_reads_a_public_model(ada):
    shelve("minilm", by=ada)

    answer = Program().get("/models/ada/minilm")

    assert answer.status_code == 200
    said = answer.json()
    assert (said["namespace"], said["name"], said["license"]) == ("ada", "minilm", "mit")
    assert said["approval"] == {"code": "not_reviewed", "word": "Not reviewed"}
    assert said["rights"] == []


def test_a_list_pages_forward_and_back_by_its_own_links(ada):
    for name in ("a", "b", "c"):
        shelve(name, by=ada)
    program = Program()

    first = program.get("/models?sort=name&limit=2").json()
    second = program.get(first["next"])
    back = program.get(second.json()["previous"]).json()

    assert [item["name"] for item in first["items"]] == ["a", "b"]
    assert [item["name"] for item in second.json()["items"]] == ["c"]
    assert second.json()["next"] is None
    assert 'rel="prev"' in second.headers["Link"]
    assert 'rel="first"' in second.headers["Link"]
    assert back["items"] == first["items"]


def test_a_filter_narrows_the_list_as_on_the_page(ada):
    shelve("one", by=ada)
    shelve("two", by=ada, card=b"---\nlicense: apache-2.0\n---\n# Two\n")

    answer = Program().get("/models?licence=apache-2.0&facets=true").json()

    assert [item["name"] for item in answer["items"]] == ["two"]
    assert answer["facets"]["licence"] == {"apache-2.0": 1, "mit": 1}
    assert answer["total"] == 1


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1", "²"])
def test_a_limit_out_of_bounds_is_refused_by_name(limit):
    answer = Program().get(f"/models?limit={limit}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "limit"


def test_a_model_is_added(program):
    answer = program.post(
        "/models", {"namespace": "ada", "name": "minilm", "visibility": "private"}
    )

    assert answer.status_code == 201
    assert answer.headers["Location"].endswith("/api/v1/models/ada/minilm")
    assert program.get("/models/ada/minilm").json()["visibility"] == "private"


def test_a_name_that_is_taken_is_a_conflict_about_the_name(program, ada):
    make_repo("minilm", owner=ada)

    answer = program.post("/models", {"namespace": "ada", "name": "minilm"})

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["field"] == "name"


def test_nobody_adds_models_under_somebody_elses_name(program):
    make_organization("savanna")

    answer = program.post("/models", {"namespace": "savanna", "name": "minilm"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "forbidden"


def test_a_hidden_model_answers_like_a_missing_one_to_the_byte(ada):
    make_repo("hidden", owner=ada, visibility="private")
    stranger = Program(make_user("carl"))

    hidden, missing = (stranger.get(f"/models/ada/{name}") for name in ("hidden", "hiddem"))

    assert hidden.status_code == 404
    assert hidden.content == missing.content
    assert hidden.headers["Content-Type"] == "application/problem+json"


def test_an_unchanged_model_is_not_sent_twice(ada):
    shelve("minilm", by=ada)
    program = Program()
    etag = program.get("/models/ada/minilm").headers["ETag"]

    again = program.get("/models/ada/minilm", If_None_Match=etag)

    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("path", ["/models", "/models/ada/m1"])
def test_many_models_cost_the_queries_of_one(
    path, ada, django_assert_num_queries, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    shelve("m1", by=ada)
    program = Program()
    program.get(path)
    with CaptureQueriesContext(connection) as one:
        program.get(path)
    for n in range(2, 21):
        shelve(f"m{n}", by=ada)
    with CaptureQueriesContext(connection) as twenty:
        program.get(path)

    assert len(one) == len(twenty)
