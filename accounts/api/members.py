"""``/orgs/<org>/members``: who belongs to an organisation, and in which roles."""

from __future__ import annotations

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from accounts.api.org_shapes import MEMBER_EXAMPLE, MemberShape, RolesBody
from accounts.orgs.actions import remove_member, set_roles
from accounts.orgs.queries import get_member, member_page
from hub.api.etags import require_match
from hub.api.operations import IF_MATCH, IF_NONE_MATCH, Answer, Sent, operation, place
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown, shown_all

MEMBER = (*ORGANIZATION, place("username", "Who belongs to it.", example="ada"))


class Members(OfOrganization):
    """Everybody with a role."""

    open_to_strangers = ("GET",)

    @operation(
        name="member_list",
        tag="Organisations",
        purpose="List members",
        details="Everybody with a role, by name; members are public. New ones are invited: see `invitation_create`.",
        answer=Answer(MemberShape, MEMBER_EXAMPLE, is_list=True),
        places=ORGANIZATION,
        is_open=True,
    )
    def get(self, request: Request, org: str) -> Response:
        """By name."""
        wanted = wanted_page(request)
        page = member_page(self.organization(org), cursor=wanted.cursor, size=wanted.size)
        return page_answer(request, shown_all(MemberShape, page.members), page)


class Member(OfOrganization):
    """One member."""

    open_to_strangers = ("GET",)
    spends = {"PATCH": "write", "DELETE": "write"}

    @operation(
        name="member_read",
        tag="Organisations",
        purpose="Read a member’s roles",
        answer=Answer(MemberShape, MEMBER_EXAMPLE),
        places=MEMBER,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, org: str, username: str) -> HttpResponseBase:
        """The roles that they hold."""
        return self.one(shown(MemberShape, get_member(self.organization(org), username)))

    @operation(
        name="member_change",
        tag="Organisations",
        purpose="Change a member’s roles",
        details=(
            "They hold exactly these afterwards. Needs the right `manage_members`; owners and security reviewers are made "
            "and unmade by owners. The last owner stays."
        ),
        sent=Sent(RolesBody, {"roles": ["maintainer", "auditor"]}),
        answer=Answer(MemberShape, MEMBER_EXAMPLE),
        places=MEMBER,
        refusals=(403, 409),
        takes=(IF_MATCH,),
    )
    def patch(self, request: Request, org: str, username: str) -> HttpResponseBase:
        """All or none."""
        organization = self.organization(org)
        member = get_member(organization, username)
        require_match(request, shown(MemberShape, member))
        set_roles(organization, member.user, **self.read(RolesBody), actor=self.actor)
        return self.one(shown(MemberShape, get_member(organization, username)))

    @operation(
        name="member_remove",
        tag="Organisations",
        purpose="Remove a member, or leave",
        details="Takes all roles away. Your own name is how you leave.",
        answer=Answer(status=204, means="Removed."),
        places=MEMBER,
        refusals=(403, 409),
    )
    def delete(self, request: Request, org: str, username: str) -> Response:
        """All roles or none."""
        organization = self.organization(org)
        remove_member(organization, get_member(organization, username).user, actor=self.actor)
        return Response(status=204)
