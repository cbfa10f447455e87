import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_catalog.repos.models import Repo
from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import add_member, make_organization, make_user
from tests.factories.reviews import approve, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.data]

MODEL = "/models/savanna/careful"
ADD = [{"do": "add", "path": "a.txt", "text": "a"}]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def grace():
    return make_user("grace")


@pytest.fixture
def program(ada, grace):
    savanna = make_organization("savanna", ada, preset="light")
    add_member(savanna, grace, "reviewer")
    make_repo("careful", owner=ada, organization=savanna)
    return Program(ada)


def propose(program, **more):
    return program.post(f"{MODEL}/changes", {"title": "Add a", "operations": ADD, **more})


def test_a_change_is_opened_and_read(program):
    made = propose(program, label="1.0", description="Because.")

    assert made.status_code == 201
    said = program.get(made.headers["Location"]).json()
    assert (said["number"], said["ref"], said["version"]) == (1, "refs/pr/1", "1.0")
    assert said["state"] == {"code": "open", "word": "Open"}
    assert program.get(f"{MODEL}/changes/1/files").json()["items"][0]["path"] == "a.txt"


def test_a_gate_that_is_shut_says_every_reason(program):
    propose(program)

    answer = program.post(f"{MODEL}/changes/1/merge", {})

    assert (answer.status_code, answer.json()["code"]) == (403, "gate_shut")
    assert answer.json()["reasons"]
    assert all(reason.endswith(".") for reason in answer.json()["reasons"])
    assert Repo.objects.get(name="careful").first_released_at is None


def test_a_change_whose_head_moved_is_not_merged_unseen(program):
    seen = propose(program).json()["head"]
    program.post(
        f"{MODEL}/changes/1/commits", {"operations": [{"do": "add", "path": "b", "text": "b"}]}
    )

    answer = program.post(f"{MODEL}/changes/1/merge", {"expected": seen})

    assert answer.status_code == 409


def test_a_change_that_was_approved_is_merged_and_releases_its_version():
    scene = make_scene()
    approve(scene.change, scene.member("reviewer"))
    program = Program(scene.maker)
    there = "/models/savanna/leaf"

    merged = program.post(f"{there}/changes/1/merge", {"expected": scene.change.head.sha1})

    assert merged.status_code == 200
    assert merged.json()["state"]["code"] == "merged"
    assert merged.json()["merged_by"] == "savanna-maker"
    assert Program().get(f"{there}/versions/1").json()["is_approved"] is True


def test_a_change_that_is_given_up_takes_nothing_more(program):
    propose(program)

    closed = program.post(f"{MODEL}/changes/1/close", {"reason": "Wrong."})
    again = program.post(f"{MODEL}/changes/1/commits", {"operations": ADD})

    assert closed.json()["state"]["code"] == "closed"
    assert again.status_code == 409


def test_the_timeline_has_what_was_said_and_done(program, grace):
    propose(program, description="Because.")
    Program(grace).post(f"{MODEL}/discussions/1/comments", {"body": "Why?"})

    items = program.get(f"{MODEL}/discussions/1/comments").json()["items"]

    assert [(each["kind"], each["author"], each["body"]) for each in items] == [
        ("opened", "ada", "Because."),
        ("comment", "grace", "Why?"),
    ]


def test_threads_are_listed_by_where_they_stand(program):
    propose(program)
    program.post(f"{MODEL}/discussions", {"title": "Which data?", "body": "Say."})
    program.post(f"{MODEL}/discussions/2/close", {})

    listed = {
        state: [
            (each["number"], each["is_change"])
            for each in program.get(f"{MODEL}/discussions?state={state}").json()["items"]
        ]
        for state in ("open", "closed", "merged", "all")
    }

    assert listed == {
        "open": [(1, True)],
        "closed": [(2, False)],
        "merged": [],
        "all": [(2, False), (1, True)],
    }


def test_a_state_that_is_none_is_refused_by_name(program):
    answer = program.get(f"{MODEL}/discussions?state=lost")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "state")


@pytest.mark.parametrize("path", ["discussions", "discussions/1/comments"])
def test_many_threads_cost_the_queries_of_one(path, program):
    propose(program)
    with CaptureQueriesContext(connection) as few:
        program.get(f"{MODEL}/{path}")
    for n in range(19):
        program.post(f"{MODEL}/discussions", {"title": f"Question {n}", "body": "Say."})
        program.post(f"{MODEL}/discussions/1/comments", {"body": f"Answer {n}"})
    with CaptureQueriesContext(connection) as many:
        program.get(f"{MODEL}/{path}")

    assert len(few) == len(many)
