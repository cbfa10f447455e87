"""What answers say of teams, and bodies about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from hub.api.bodies import Body
from hub.api.fields import TextField


class TeamShape(serializers.Serializer[Any]):
    """A team of an organisation."""

    organization = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    members = serializers.IntegerField(help_text="How many people and service accounts are in it.")
    created_at = serializers.DateTimeField()


class TeamMemberShape(serializers.Serializer[Any]):
    """Somebody in a team."""

    username = serializers.CharField()
    display_name = serializers.CharField(source="name")
    is_service_account = serializers.BooleanField(source="is_robot")


class NewTeam(Body):
    """A team to make."""

    name = TextField(max_length=96, help_text="Letters a to z, digits, “-”, “_” and “.”.")
    description = TextField(max_length=500, default="", allow_blank=True)


class TeamBody(Body):
    """What a team is called and what it is for; what is left out stays."""

    name = TextField(max_length=96)
    description = TextField(max_length=500, allow_blank=True)


class NewTeamMember(Body):
    """Who is to be in the team."""

    username = TextField(
        max_length=96, help_text="A member of the organisation, or a service account of it."
    )


TEAM_EXAMPLE: dict[str, Any] = {
    "organization": "savanna",
    "name": "field-station",
    "description": "Who measures on site.",
    "members": 4,
    "created_at": "2026-11-20T09:30:00Z",
}
TEAM_MEMBER_EXAMPLE: dict[str, Any] = {
    "username": "ada",
    "display_name": "Ada Lovelace",
    "is_service_account": False,
}
