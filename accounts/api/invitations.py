"""Invitations: an organisation's, one's own, and answering them."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from accounts.api.org_shapes import (
    INVITATION_EXAMPLE,
    AnswerBody,
    InvitationShape,
    NewInvitation,
)
from accounts.orgs.actions import answer_invitation, invite_member
from accounts.orgs.queries import (
    get_open_invitation,
    open_invitation_page,
    own_invitation_page,
)
from hub.api.operations import IF_NONE_MATCH, KEY, Answer, Sent, operation, place
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown, shown_all
from hub.api.views import ApiView

INVITATION = (place("invitation", "The id of the invitation.", example=7, kind=OpenApiTypes.INT),)
ANSWERED_EXAMPLE = INVITATION_EXAMPLE | {
    "state": "accepted",
    "answered_at": "2026-11-21T08:00:00Z",
}


class OrganizationInvitations(OfOrganization):
    """What an organisation has offered."""

    spends = {"POST": "make"}

    @operation(
        name="invitation_list",
        tag="Organisations",
        purpose="List open invitations",
        details="Those that nobody has answered. Needs the right `manage_members`.",
        answer=Answer(InvitationShape, INVITATION_EXAMPLE, is_list=True),
        places=ORGANIZATION,
        refusals=(403,),
    )
    def get(self, request: Request, org: str) -> Response:
        """The oldest first."""
        wanted = wanted_page(request)
        page = open_invitation_page(
            self.organization(org), actor=self.actor, cursor=wanted.cursor, size=wanted.size
        )
        return page_answer(request, shown_all(InvitationShape, page.rows), page)

    @operation(
        name="invitation_create",
        tag="Organisations",
        purpose="Invite somebody",
        details="Needs the right `manage_members`; owners and security reviewers are invited by owners.",
        sent=Sent(NewInvitation, {"username": "grace", "role": "reviewer"}),
        answer=Answer(InvitationShape, INVITATION_EXAMPLE, status=201, means="Invited."),
        places=ORGANIZATION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str) -> HttpResponseBase:
        """A role for somebody with an account."""
        made = invite_member(self.organization(org), **self.read(NewInvitation), actor=self.actor)
        where = reverse("api:invitation", args=[made.pk])
        return self.one(shown(InvitationShape, made), status=201, location=where)


class OwnInvitations(ApiView):
    """What one has been offered."""

    @operation(
        name="own_invitation_list",
        tag="Account",
        purpose="List your invitations",
        details="Those that you have still to answer, the oldest first.",
        answer=Answer(InvitationShape, INVITATION_EXAMPLE, is_list=True),
    )
    def get(self, request: Request) -> Response:
        """The oldest first."""
        wanted = wanted_page(request)
        page = own_invitation_page(actor=self.actor, cursor=wanted.cursor, size=wanted.size)
        return page_answer(request, shown_all(InvitationShape, page.rows), page)


class Invitation(ApiView):
    """One open invitation."""

    @operation(
        name="invitation_read",
        tag="Organisations",
        purpose="Read an invitation",
        details="Your own, or one of an organisation where you may invite, while it is open.",
        answer=Answer(InvitationShape, INVITATION_EXAMPLE),
        places=INVITATION,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, invitation: int) -> HttpResponseBase:
        """Who offers what to whom."""
        return self.one(shown(InvitationShape, get_open_invitation(invitation, actor=self.actor)))


class InvitationAnswer(ApiView):
    """Ending an invitation."""

    spends = {"POST": "write"}

    @operation(
        name="invitation_answer",
        tag="Organisations",
        purpose="Accept, decline or withdraw an invitation",
        details=(
            "Only the invited person accepts. A token needs the right `manage_members`, also for its own person: a leaked "
            "one must not bring anybody anywhere."
        ),
        sent=Sent(AnswerBody, {"answer": "accept"}),
        answer=Answer(InvitationShape, ANSWERED_EXAMPLE),
        places=INVITATION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, invitation: int) -> HttpResponseBase:
        """What has become of it."""
        found = get_open_invitation(invitation, actor=self.actor)
        said = self.read(AnswerBody)["answer"]
        answer_invitation(found, accept=said == "accept", actor=self.actor)
        return self.one(shown(InvitationShape, found))
