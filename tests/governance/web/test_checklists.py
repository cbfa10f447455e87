"""The checklist on the page of a change, and for programs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.authz.policy import Role
from governance.policies.places import of_namespace
from governance.reviews.checklists import question_id
from tests.factories.api import Program
from tests.factories.policies import ask_for

pytestmark = pytest.mark.django_db
TRIED = "Has somebody tried it?"
API = "/models/savanna/leaf/discussions/1/checklist"


def asks(scene, *questions):
    rows = [{"kind": "publish", "question": question} for question in questions]
    ask_for(of_namespace(scene.repo.namespace), {"checklist": {"questions": rows}})


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def reviewer(scene):
    asks(scene, TRIED)
    return scene.member(Role.REVIEWER)


def send(scene, **more):
    return {
        "expected_sha1": scene.change.head.sha1,
        "question": question_id(TRIED),
        "answer": "yes",
        "note": "On forty leaves.",
    } | more


def test_a_reviewer_answers_and_everybody_inside_reads_who_did(at, scene, reviewer):
    assert "0 of 1 question answered" in words(at("/1", by=reviewer))

    answer = at("/1/checklist", by=reviewer, send=send(scene))

    assert answer["Location"].endswith("/discussions/1#checklist")
    page = words(at("/1", by=scene.maker))
    assert "1 of 1 question answered" in page
    assert "On forty leaves." in page
    assert "the-reviewer," in page
    assert "You cannot answer here." in page


def test_a_refused_answer_stays_in_its_form(at, scene, reviewer):
    answer = at("/1/checklist", by=reviewer, send=send(scene, answer="no", note=""))

    assert answer.status_code == 422
    assert "Say what is wrong" in words(answer)


def test_many_questions_cost_as_many_queries_as_one(at, scene, reviewer):
    def cost():
        at("/1", by=reviewer)
        with CaptureQueriesContext(connection) as asked:
            at("/1", by=reviewer)
        return len(asked)

    one = cost()
    asks(scene, *(f"Question {n}?" for n in range(20)))

    assert cost() == one


def test_a_program_reads_and_answers(scene, reviewer):
    program = Program(reviewer, scope="admin")
    asked = program.get(API).json()

    made = program.post(
        API,
        {"question": asked["questions"][0]["id"], "answer": "yes", "commit": asked["commit"]},
    )

    assert (made.status_code, made.json()["reviewer"]) == (200, "the-reviewer")
    assert program.get(API).json()["questions"][0]["answer"] == "yes"
