"""``/orgs/<org>/teams``: teams, and who is in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from accounts.api.team_shapes import (
    TEAM_EXAMPLE,
    TEAM_MEMBER_EXAMPLE,
    NewTeam,
    NewTeamMember,
    TeamBody,
    TeamMemberShape,
    TeamShape,
)
from accounts.teams.actions import (
    add_to_team,
    create_team,
    delete_team,
    describe_team,
    remove_from_team,
    rename_team,
)
from accounts.teams.models import Team as TeamRow
from accounts.teams.queries import (
    get_team_member,
    get_visible_team,
    own_team_page,
    people_in,
    team_member_page,
    team_page,
)
from accounts.users.queries import get_user
from hub.api.etags import require_match
from hub.api.operations import IF_MATCH, IF_NONE_MATCH, KEY, Answer, Sent, operation, place
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown, shown_all
from hub.api.views import ApiView
from hub.core.errors import Invalid, NotFound

TEAM = (*ORGANIZATION, place("team", "The name of the team.", example="field-station"))
MEMBER = (*TEAM, place("username", "Who is in it.", example="ada"))


def team_facts(teams: Sequence[TeamRow]) -> list[dict[str, Any]]:
    """The answers about some teams: one query more."""
    people = people_in(teams)
    return shown_all(
        TeamShape,
        [
            {
                "organization": team.organization.namespace.name,
                "name": team.name,
                "description": team.description,
                "members": people.get(team.pk, 0),
                "created_at": team.created_at,
            }
            for team in teams
        ],
    )


class OfTeam(OfOrganization):
    """An endpoint about one team."""

    def team(self, org: str, team: str) -> TeamRow:
        """The team, for those who belong to its organisation. Raises ``NotFound``."""
        return get_visible_team(self.organization(org), team, actor=self.actor)


class OwnTeams(ApiView):
    """The teams that one is in."""

    @operation(
        name="own_team_list",
        tag="Teams",
        purpose="List your teams",
        answer=Answer(TeamShape, TEAM_EXAMPLE, is_list=True),
    )
    def get(self, request: Request) -> Response:
        """In every organisation, the newest first."""
        wanted = wanted_page(request)
        page = own_team_page(actor=self.actor, cursor=wanted.cursor, size=wanted.size)
        return page_answer(request, team_facts(page.rows), page)


class Teams(OfOrganization):
    """The teams of an organisation."""

    spends = {"POST": "write"}

    @operation(
        name="team_list",
        tag="Teams",
        purpose="List teams",
        details="For those who belong to the organisation; 404 for everybody else.",
        answer=Answer(TeamShape, TEAM_EXAMPLE, is_list=True),
        places=ORGANIZATION,
    )
    def get(self, request: Request, org: str) -> Response:
        """By name."""
        wanted = wanted_page(request)
        page = team_page(
            self.organization(org), actor=self.actor, cursor=wanted.cursor, size=wanted.size
        )
        return page_answer(request, team_facts(page.rows), page)

    @operation(
        name="team_create",
        tag="Teams",
        purpose="Make a team",
        details="Needs the right `manage_members`.",
        sent=Sent(NewTeam, {"name": "field-station", "description": "Who measures on site."}),
        answer=Answer(TeamShape, TEAM_EXAMPLE, status=201, means="Made."),
        places=ORGANIZATION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str) -> HttpResponseBase:
        """Empty at first."""
        made = create_team(self.organization(org), **self.read(NewTeam), actor=self.actor)
        where = reverse("api:team", args=[org, made.name])
        return self.one(team_facts([made])[0], status=201, location=where)


class Team(OfTeam):
    """One team."""

    spends = {"PATCH": "write", "DELETE": "write"}

    @operation(
        name="team_read",
        tag="Teams",
        purpose="Read a team",
        answer=Answer(TeamShape, TEAM_EXAMPLE),
        places=TEAM,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, org: str, team: str) -> HttpResponseBase:
        """What it is for, and how many are in it."""
        return self.one(team_facts([self.team(org, team)])[0])

    @operation(
        name="team_change",
        tag="Teams",
        purpose="Rename or describe a team",
        details="Its members and what is granted to it stay. Needs the right `manage_members`.",
        sent=Sent(TeamBody, {"name": "station"}),
        answer=Answer(TeamShape, TEAM_EXAMPLE),
        places=TEAM,
        refusals=(403, 409),
        takes=(IF_MATCH,),
    )
    def patch(self, request: Request, org: str, team: str) -> HttpResponseBase:
        """Both or neither."""
        found = self.team(org, team)
        require_match(request, team_facts([found])[0])
        changed = self.read(TeamBody, partial=True)
        with transaction.atomic():
            rename_team(found, name=changed.get("name", found.name), actor=self.actor)
            text = changed.get("description", found.description)
            describe_team(found, description=text, actor=self.actor)
        return self.one(team_facts([found])[0])

    @operation(
        name="team_delete",
        tag="Teams",
        purpose="Delete a team",
        details="What was granted to it ends for its members. Needs the right `manage_members`.",
        answer=Answer(status=204, means="Deleted."),
        places=TEAM,
        refusals=(403,),
    )
    def delete(self, request: Request, org: str, team: str) -> Response:
        """For good."""
        delete_team(self.team(org, team), actor=self.actor)
        return Response(status=204)


class TeamMembers(OfTeam):
    """Who is in a team."""

    spends = {"POST": "write"}

    @operation(
        name="team_member_list",
        tag="Teams",
        purpose="List who is in a team",
        answer=Answer(TeamMemberShape, TEAM_MEMBER_EXAMPLE, is_list=True),
        places=TEAM,
    )
    def get(self, request: Request, org: str, team: str) -> Response:
        """By name."""
        wanted = wanted_page(request)
        page = team_member_page(self.team(org, team), cursor=wanted.cursor, size=wanted.size)
        return page_answer(request, shown_all(TeamMemberShape, page.rows), page)

    @operation(
        name="team_member_add",
        tag="Teams",
        purpose="Put somebody into a team",
        details="Members and service accounts of the organisation only. Needs the right `manage_members`.",
        sent=Sent(NewTeamMember, {"username": "ada"}),
        answer=Answer(TeamMemberShape, TEAM_MEMBER_EXAMPLE, status=201, means="Added."),
        places=TEAM,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str, team: str) -> HttpResponseBase:
        """From now on they may do what the team may."""
        found = self.team(org, team)
        try:
            person = get_user(self.read(NewTeamMember)["username"])
        except NotFound as error:
            raise Invalid(error.message, field="username") from error
        add_to_team(found, person, actor=self.actor)
        where = reverse("api:team-member", args=[org, found.name, person.username])
        return self.one(shown(TeamMemberShape, person), status=201, location=where)


class TeamMember(OfTeam):
    """Somebody in a team."""

    spends = {"DELETE": "write"}

    @operation(
        name="team_member_remove",
        tag="Teams",
        purpose="Take somebody out of a team, or leave",
        details="Your own name is how you leave; others need the right `manage_members`.",
        answer=Answer(status=204, means="Removed."),
        places=MEMBER,
        refusals=(403,),
    )
    def delete(self, request: Request, org: str, team: str, username: str) -> Response:
        """Their roles in the organisation stay."""
        found = self.team(org, team)
        remove_from_team(found, get_team_member(found, username), actor=self.actor)
        return Response(status=204)
