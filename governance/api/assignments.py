"""``/models/<namespace>/<name>/discussions/<number>/reviewers``: who is asked to decide on a change or request."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.users.queries import get_user
from governance.reviews.assignments import assign, assignments_of, unassign
from governance.reviews.requests.queries import get_subject
from governance.reviews.subjects import Subject
from hub.api.bodies import Body
from hub.api.fields import TextField
from hub.api.operations import KEY, Answer, Sent, operation, place
from hub.api.shapes import shown
from models_catalog.api.doors import THREAD, OfModel

PERSON = (*THREAD, place("person", "The username.", example="grace"))


class AssignmentShape(serializers.Serializer[Any]):
    """Somebody who is asked to decide."""

    reviewer = serializers.CharField(source="reviewer.username")
    due_at = serializers.DateTimeField()
    assigned_by = serializers.CharField(source="assigned_by.username")
    assigned_at = serializers.DateTimeField()


class AssignmentBody(Body):
    """Whom to ask."""

    reviewer = TextField(max_length=150, help_text="The username of somebody who could decide.")
    days = serializers.IntegerField(
        default=None,
        allow_null=True,
        help_text="It is due after 1 to 90 days; as the policy says for this kind of review unless told.",
    )
    instead_of = TextField(
        default="", allow_blank=True, max_length=150, help_text="Who is asked no longer."
    )


EXAMPLE: dict[str, Any] = {
    "reviewer": "grace",
    "due_at": "2026-11-27T10:00:00Z",
    "assigned_by": "ada",
    "assigned_at": "2026-11-20T10:00:00Z",
}


class OfSubject(OfModel):
    """A view about a change or a request."""

    def subject(self, namespace: str, name: str, number: int) -> Subject:
        """The change or request with this number."""
        return get_subject(self.repo(namespace, name), number, actor=self.actor)


class Assignments(OfSubject):
    """The people who are asked to decide."""

    spends = {"POST": "write"}

    @operation(
        name="assignment_list",
        tag="Requests",
        purpose="List who is asked to decide",
        answer=Answer(AssignmentShape, EXAMPLE, is_list=True),
        places=THREAD,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> Response:
        """Due first."""
        rows = assignments_of(self.subject(namespace, name, number))
        return self.listed(
            rows.select_related("assigned_by"), AssignmentShape, keys=("due_at", "id")
        )

    @operation(
        name="assignment_create",
        tag="Requests",
        purpose="Ask somebody to decide",
        details="They are told, reminded a day before and when it is due; three days later the admins are told.",
        sent=Sent(AssignmentBody, {"reviewer": "grace", "days": 7}),
        answer=Answer(AssignmentShape, EXAMPLE, status=201, means="Asked."),
        places=THREAD,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """The same person again is given a new day."""
        subject = self.subject(namespace, name, number)
        body = self.read(AssignmentBody)
        made = assign(
            subject,
            reviewer=get_user(body["reviewer"]),
            days=body["days"],
            instead_of=get_user(body["instead_of"]) if body["instead_of"] else None,
            actor=self.actor,
        )
        return self.one(shown(AssignmentShape, made), status=201)


class OneAssignment(OfSubject):
    """One person who is asked."""

    spends = {"DELETE": "write"}

    @operation(
        name="assignment_end",
        tag="Requests",
        purpose="Ask somebody no longer",
        answer=Answer(status=204, means="They are asked no longer."),
        places=PERSON,
        refusals=(403, 409),
    )
    def delete(
        self, request: Request, namespace: str, name: str, number: int, person: str
    ) -> Response:
        """They are told."""
        subject = self.subject(namespace, name, number)
        unassign(subject, reviewer=get_user(person), actor=self.actor)
        return Response(status=204)
