"""``/users/<name>/suspension`` and ``/orgs/<org>/owner``: for administrators of the hub, in person."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from accounts.orgs.actions import appoint_owner
from accounts.orgs.queries import organizations_without_owner
from accounts.users.models import User
from accounts.users.queries import get_account, get_user
from accounts.users.suspension import readmit_user, require_administrator, suspend_user
from hub.api.bodies import Body
from hub.api.fields import TextField
from hub.api.operations import KEY, Answer, Sent, operation, place
from hub.api.shapes import shown
from hub.api.views import ApiView
from hub.core.errors import Invalid, NotFound

PERSON = (place("username", "Whose account it is.", example="mallory"),)
MOST_NAMED = 100


class SuspensionBody(Body):
    """Why."""

    reason = TextField(max_length=2000, help_text="The audit log keeps it.")


class SuspensionShape(serializers.Serializer[Any]):
    """A suspension."""

    username = serializers.CharField()
    suspended_at = serializers.DateTimeField()
    reason = serializers.CharField()
    without_owner = serializers.ListField(
        child=serializers.CharField(),
        help_text="Organisations that nobody active owns now, up to 100: see `owner_appoint`.",
    )


class AppointmentBody(Body):
    """Whom, and why."""

    username = TextField(max_length=96, help_text="A member of the organisation.")
    reason = TextField(max_length=2000, help_text="The audit log keeps it.")


SUSPENSION_EXAMPLE: dict[str, Any] = {
    "username": "mallory",
    "suspended_at": "2026-11-20T09:30:00Z",
    "reason": "The account was stolen.",
    "without_owner": ["savanna"],
}


class Suspension(ApiView):
    """Whether somebody is shut out."""

    spends = {"POST": "write", "DELETE": "write"}

    def person(self, username: str) -> User:
        """The person, suspended or not; only administrators learn who is."""
        require_administrator(self.actor)
        return get_account(username)

    def said(self, person: User) -> dict[str, Any]:
        """The answer about one suspension."""
        orphans = organizations_without_owner(once_of=person)[:MOST_NAMED]
        facts = {
            "username": person.username,
            "suspended_at": person.suspended_at,
            "reason": person.suspended_reason,
            "without_owner": [each.namespace.name for each in orphans],
        }
        return shown(SuspensionShape, facts)

    @operation(
        name="suspension_read",
        tag="Administration",
        purpose="Read a suspension",
        details="For administrators of the hub, with the cookie of a browser. 404 when there is none.",
        answer=Answer(SuspensionShape, SUSPENSION_EXAMPLE),
        places=PERSON,
        refusals=(403,),
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        """Since when and why."""
        person = self.person(username)
        if person.suspended_at is None:
            raise NotFound
        return self.one(self.said(person))

    @operation(
        name="suspension_begin",
        tag="Administration",
        purpose="Suspend somebody",
        details=(
            "At once: sessions end, tokens that they know are revoked, what they are in the middle of is undone, their "
            "approvals and roles count no more. Also the last owner of an organisation can be suspended."
        ),
        sent=Sent(SuspensionBody, {"reason": "The account was stolen."}),
        answer=Answer(SuspensionShape, SUSPENSION_EXAMPLE, status=201, means="Suspended."),
        places=PERSON,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, username: str) -> HttpResponseBase:
        """With a reason."""
        person = self.person(username)
        suspend_user(person, **self.read(SuspensionBody), actor=self.actor)
        return self.one(self.said(person), status=201)

    @operation(
        name="suspension_end",
        tag="Administration",
        purpose="Let somebody in again",
        details="With the roles they held; tokens stay revoked.",
        answer=Answer(status=204, means="Let in."),
        places=PERSON,
        refusals=(403, 409),
    )
    def delete(self, request: Request, username: str) -> Response:
        """They sign in anew."""
        readmit_user(self.person(username), actor=self.actor)
        return Response(status=204)


class AppointedOwner(OfOrganization):
    """An owner for an organisation whose owners are all suspended."""

    spends = {"POST": "write"}

    @operation(
        name="owner_appoint",
        tag="Administration",
        purpose="Appoint an owner",
        details="For administrators of the hub, and only while nobody active owns the organisation.",
        sent=Sent(AppointmentBody, {"username": "grace", "reason": "Its owner is suspended."}),
        answer=Answer(status=204, means="Appointed."),
        places=ORGANIZATION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str) -> Response:
        """A member becomes its owner."""
        require_administrator(self.actor)
        body = self.read(AppointmentBody)
        try:
            person = get_user(body["username"])
        except NotFound as error:
            raise Invalid(error.message, field="username") from error
        appoint_owner(self.organization(org), person, reason=body["reason"], actor=self.actor)
        return Response(status=204)
