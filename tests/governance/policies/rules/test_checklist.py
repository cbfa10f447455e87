"""The checklist of a policy."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from governance.policies.facts import AnswerFact, Facts
from governance.policies.layering import tightened
from governance.policies.outcomes import Outcome
from governance.policies.rules.checklist import Checklist

RULE = Checklist(
    questions=(
        {"kind": "publish", "question": "Tried it?"},
        {"kind": "publish", "question": "Read the card?"},
        {"kind": "licence", "question": "Asked the lawyers?"},
    )
)
AT = datetime(2026, 11, 20, tzinfo=UTC)


def judged(kind="publish", **answers):
    said = {
        question: AnswerFact(answers[key], "Grace", AT, "So." if answers[key] == "no" else "")
        for key, question in (
            ("tried", "Tried it?"),
            ("read", "Read the card?"),
            ("asked", "Asked the lawyers?"),
        )
        if key in answers
    }
    return RULE.evaluate(Facts(files=[], kind=kind, answers=said))


@pytest.mark.parametrize(
    ("kind", "answers", "outcome"),
    [
        ("publish", {}, Outcome.DECIDE),
        ("publish", {"tried": "yes"}, Outcome.DECIDE),
        ("publish", {"tried": "yes", "read": "not_applicable"}, Outcome.PASS),
        ("publish", {"tried": "yes", "read": "no"}, Outcome.FAIL),
        ("publish", {"read": "no"}, Outcome.FAIL),
        ("licence", {"tried": "yes", "read": "yes"}, Outcome.DECIDE),
        ("licence", {"tried": "yes", "read": "yes", "asked": "yes"}, Outcome.PASS),
        ("promote", {}, Outcome.PASS),
    ],
)
def test_every_question_of_the_kind_is_answered_and_none_with_no(kind, answers, outcome):
    assert judged(kind, **answers).outcome == outcome


def test_it_says_what_is_open_and_who_said_what():
    open_one, denied = judged(tried="yes"), judged(read="no")

    assert open_one.reason == "1 question has no answer yet: Read the card?"
    assert open_one.evidence == ("Tried it? Yes, said Grace on 20 Nov 2026.",)
    assert denied.reason == "Read the card? No, said Grace on 20 Nov 2026. So."


def test_two_policies_ask_the_questions_of_both():
    one = {"checklist": RULE.stored()}
    other = {"checklist": {"questions": [{"kind": "promote", "question": "Told the users?"}]}}

    found = Checklist.of(tightened(one, other)["checklist"])

    assert (found.asked("promote"), len(found.questions)) == (["Told the users?"], 4)
