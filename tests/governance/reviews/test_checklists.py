"""Reviewers answer the policy's questions one by one."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.authz.policy import Role
from governance.policies.outcomes import Outcome
from governance.policies.places import of_namespace
from governance.reviews.checklists import Said, answer_question, checklist_of, question_id
from governance.reviews.gathering import review_of
from governance.reviews.models import ChecklistAnswer
from governance.reviews.requests.actions import ask_for as ask_people
from governance.reviews.requests.kinds import Wish
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.gates import GateShut
from models_catalog.changes.actions import add_to_change, merge_change
from tests.accounts.recording import names, recording
from tests.factories.models import additions
from tests.factories.people import acting
from tests.factories.policies import ask_for
from tests.factories.reviews import approve, finish_scan, make_scene

pytestmark = pytest.mark.django_db
TRIED = "Has somebody tried it?"
QUESTIONS = [
    {"kind": "publish", "question": TRIED},
    {"kind": "withdraw", "question": "Do its users know?"},
]


@pytest.fixture
def scene():
    made: Any = make_scene()
    asks(made)
    made.reviewer = made.member(Role.REVIEWER)
    return made


def asks(scene, **more):
    rules: dict[str, Any] = {
        "approvals": {"count": 1},
        "checklist": {"questions": QUESTIONS},
    } | more
    ask_for(of_namespace(scene.repo.namespace), rules)


def answer(scene, by=None, said="yes", note="", question=TRIED, subject=None):
    subject = subject or scene.fresh()
    return answer_question(
        subject,
        Said(question_id(question), said, note, subject.head.sha1),
        actor=acting(by or scene.reviewer),
    )


def outcome(scene):
    return next(c.outcome for c in review_of(scene.fresh()).checks if c.rule == "checklist")


def test_a_change_waits_for_the_answer_and_goes_through_with_it(scene):
    approve(scene.change, scene.reviewer)
    with pytest.raises(GateShut, match="no answer yet"):
        merge_change(scene.fresh(), actor=acting(scene.maker))

    with recording() as events:
        answer(scene)

    assert names(events) == ["checklist:answered"]
    merge_change(scene.fresh(), actor=acting(scene.maker))


def test_the_last_answer_stands_and_the_same_again_changes_nothing(scene):
    other = scene.member(Role.REVIEWER, "other")
    first = answer(scene)
    assert answer(scene) == first

    answer(scene, by=other, said="no", note="It crashed.")

    assert outcome(scene) == Outcome.FAIL
    assert list(
        ChecklistAnswer.objects.filter(voided_at=None).values_list("answer", flat=True)
    ) == ["no"]


def test_a_new_commit_opens_every_question_again(scene):
    answer(scene)
    add_to_change(
        scene.fresh(),
        operations=additions({"b.txt": b"b"}, actor=acting(scene.maker)),
        message="More",
        actor=acting(scene.maker),
    )
    finish_scan(scene.fresh().head)

    assert outcome(scene) == Outcome.DECIDE
    assert not ChecklistAnswer.objects.filter(voided_at=None)


def test_other_rules_open_every_question_again(scene):
    answer(scene)

    asks(scene, licence_present={})

    assert outcome(scene) == Outcome.DECIDE
    assert [item.answer for item in checklist_of(review_of(scene.fresh()))] == [None]


def test_the_answer_of_somebody_who_lost_the_right_counts_no_longer(scene):
    answer(scene)

    scene.reviewer.groups.clear()

    assert outcome(scene) == Outcome.DECIDE


@pytest.mark.parametrize("who", ["maker", "reader"])
def test_who_may_not_decide_does_not_answer(scene, who):
    by = scene.maker if who == "maker" else scene.member(Role.READER)

    with recording() as events, pytest.raises(Forbidden):
        answer(scene, by=by)

    assert (events, ChecklistAnswer.objects.count()) == ([], 0)


def test_an_answer_is_about_the_commit_that_was_looked_at(scene):
    with pytest.raises(Conflict, match="A commit was added"):
        answer_question(
            scene.fresh(),
            Said(question_id(TRIED), "yes", "", "0" * 40),
            actor=acting(scene.reviewer),
        )


@pytest.mark.parametrize(
    ("said", "note", "question", "refusal"),
    [
        ("perhaps", "", TRIED, Invalid),
        ("no", " ", TRIED, Invalid),
        ("yes", "x" * 1001, TRIED, Invalid),
        ("yes", "", "Do its users know?", NotFound),
    ],
)
def test_what_is_no_answer_is_refused(scene, said, note, question, refusal):
    with pytest.raises(refusal):
        answer(scene, said=said, note=note, question=question)

    assert not ChecklistAnswer.objects.exists()


def test_a_request_has_the_questions_of_its_kind(scene):
    approve(scene.change, scene.reviewer)
    answer(scene)
    merge_change(scene.fresh(), actor=acting(scene.maker))
    scene.repo.refresh_from_db()
    asked = ask_people(
        Wish(scene.repo), kind="withdraw", reason="Wrong.", actor=acting(scene.maker)
    )

    answer(scene, question="Do its users know?", subject=asked)

    check = next(c for c in review_of(asked).checks if c.rule == "checklist")
    assert check.outcome == Outcome.PASS
