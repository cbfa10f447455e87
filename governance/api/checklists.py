"""``/models/<namespace>/<name>/discussions/<number>/checklist``: what reviewers answer to the policy's questions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request

from governance.api.assignments import OfSubject
from governance.reviews.checklists import (
    MAX_NOTE,
    Said,
    answer_question,
    checklist_of,
    question_id,
)
from governance.reviews.gathering import review_of
from governance.reviews.models import AnswerKind, ChecklistAnswer
from hub.api.bodies import Body
from hub.api.fields import TextField
from hub.api.operations import KEY, Answer, Sent, operation
from hub.api.shapes import shown
from models_catalog.api.doors import THREAD

SHA1 = "9b1cfb9d0c7f6a0f5f6c1f5e4f3a2b1c0d9e8f70"


class ChecklistAnswerBody(Body):
    """An answer to one question."""

    question = TextField(max_length=12, help_text="The `id` of the question.")
    answer = serializers.ChoiceField(AnswerKind.values)
    note = TextField(
        max_length=MAX_NOTE,
        allow_blank=True,
        default="",
        help_text="What you looked at; needed when the answer is no.",
    )
    commit = TextField(max_length=40, help_text="The commit that you looked at: the head.")


class ChecklistItemShape(serializers.Serializer[Any]):
    """A question, and the answer that stands for exactly what is under review."""

    id = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.ChoiceField(
        AnswerKind.values, allow_null=True, help_text="Null: nobody has answered."
    )
    note = serializers.CharField()
    reviewer = serializers.CharField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class ChecklistShape(serializers.Serializer[Any]):
    """The checklist of a change or request."""

    kind = serializers.CharField(help_text="The kind of review, as policies name it.")
    commit = serializers.CharField(help_text="The commit that answers are about: the head.")
    questions = ChecklistItemShape(many=True, help_text="In the policy's order; at most 30.")


EXAMPLE: dict[str, Any] = {
    "id": question_id("Has somebody tried it?"),
    "question": "Has somebody tried it?",
    "answer": "yes",
    "note": "On forty leaves.",
    "reviewer": "grace",
    "answered_at": "2026-11-20T10:00:00Z",
}


def _facts(question: str, answer: ChecklistAnswer | None) -> dict[str, Any]:
    return {
        "id": question_id(question),
        "question": question,
        "answer": answer.answer if answer else None,
        "note": answer.note if answer else "",
        "reviewer": answer.reviewer.username if answer else None,
        "answered_at": answer.answered_at if answer else None,
    }


class Checklist(OfSubject):
    """The questions of one change or request."""

    open_to_strangers = ("GET",)
    spends = {"POST": "write"}

    @operation(
        name="checklist_read",
        tag="Reviews",
        purpose="Read the checklist of a change or request",
        details="The questions that the policy asks in this kind of review, with the answers that stand.",
        answer=Answer(ChecklistShape, {"kind": "publish", "commit": SHA1, "questions": [EXAMPLE]}),
        places=THREAD,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """For those who may read the thread."""
        review = review_of(self.subject(namespace, name, number))
        questions = [_facts(item.question, item.answer) for item in checklist_of(review)]
        said = {"kind": review.kind, "commit": review.subject.head.sha1, "questions": questions}
        return self.one(shown(ChecklistShape, said))

    @operation(
        name="checklist_answer",
        tag="Reviews",
        purpose="Answer a question of the checklist",
        details=(
            "For those who may decide. The last answer to a question stands; a new commit, or another policy, opens all "
            "of them again. A policy can require that every question is answered, and none with no."
        ),
        sent=Sent(
            ChecklistAnswerBody,
            {
                "question": EXAMPLE["id"],
                "answer": "yes",
                "note": "On forty leaves.",
                "commit": SHA1,
            },
        ),
        answer=Answer(ChecklistItemShape, EXAMPLE),
        places=THREAD,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Bound to the commit, its files and the rules in force."""
        subject = self.subject(namespace, name, number)
        body = self.read(ChecklistAnswerBody)
        said = Said(body["question"], body["answer"], body["note"], body["commit"])
        made = answer_question(subject, said, actor=self.actor)
        return self.one(shown(ChecklistItemShape, _facts(made.question, made)))
