"""What answers say of organisations, their members and invitations, and bodies about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.words import ROLE_EXAMPLE, RoleField
from accounts.authz.policy import CREATORS, Right, Role
from accounts.namespaces.models import Preset, Visibility
from accounts.orgs.models import InvitationState
from hub.api.bodies import Body
from hub.api.fields import TextField

BASE = "http://localhost:8000"
ANSWERS = ("accept", "decline", "withdraw")


class OrganizationItemShape(serializers.Serializer[Any]):
    """An organisation in a list. Organisations are public."""

    name = serializers.CharField(help_text="The namespace of its models.")
    display_name = serializers.CharField()
    description = serializers.CharField()
    preset = serializers.ChoiceField(Preset.choices, help_text="How its models become public.")
    page = serializers.URLField(help_text="For people.")
    created_at = serializers.DateTimeField()


class OrganizationShape(OrganizationItemShape):
    """One organisation."""

    contact = serializers.CharField(help_text="An address that everybody can see; may be empty.")
    default_visibility = serializers.ChoiceField(
        Visibility.choices, help_text="Of new models, unless whoever adds one says otherwise."
    )
    who_creates = serializers.ChoiceField(
        [role.value for role in CREATORS], help_text="The least role that may add models."
    )
    rights = serializers.ListField(
        child=serializers.ChoiceField([right.value for right in Right]),
        help_text="What you may do in it.",
    )


class MembershipShape(OrganizationItemShape):
    """An organisation that you belong to."""

    roles = serializers.ListField(child=RoleField(), help_text="Yours, the widest first.")


class MemberShape(serializers.Serializer[Any]):
    """Somebody who belongs to an organisation."""

    username = serializers.CharField(source="user.username")
    display_name = serializers.CharField(source="user.name")
    roles = serializers.ListField(child=RoleField(), help_text="The widest first.")


class InvitationShape(serializers.Serializer[Any]):
    """An offer of a role."""

    id = serializers.IntegerField()
    organization = serializers.CharField(source="organization.namespace.name")
    username = serializers.CharField(source="invitee.username", help_text="Who is invited.")
    role = RoleField(source="offered_role")
    state = serializers.ChoiceField(InvitationState.choices)
    invited_by = serializers.CharField(source="invited_by.username")
    created_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)


class NewOrganization(Body):
    """An organisation to found."""

    name = TextField(max_length=96, help_text="Cannot be changed later.")
    display_name = TextField(max_length=120, default="", allow_blank=True)
    description = TextField(max_length=2000, default="", allow_blank=True)
    preset = serializers.ChoiceField(
        Preset.choices, help_text="How its models become public; `instance_read` says what each is."
    )


class OrganizationBody(Body):
    """What an organisation says of itself, and what its new models begin with; what is left out stays."""

    display_name = TextField(max_length=120)
    description = TextField(max_length=2000, allow_blank=True)
    contact = TextField(max_length=254, allow_blank=True)
    default_visibility = serializers.ChoiceField(Visibility.choices)
    who_creates = serializers.ChoiceField([role.value for role in CREATORS])


class RolesBody(Body):
    """The roles that a member shall hold, exactly these."""

    roles = serializers.ListField(
        child=serializers.ChoiceField([role.value for role in Role]), max_length=len(Role)
    )


class NewInvitation(Body):
    """An offer to make."""

    username = TextField(max_length=96)
    role = serializers.ChoiceField([role.value for role in Role])


class AnswerBody(Body):
    """What to do with an invitation."""

    answer = serializers.ChoiceField(
        ANSWERS, help_text="One's own is accepted or declined; who may invite can withdraw it."
    )


ITEM_EXAMPLE: dict[str, Any] = {
    "name": "savanna",
    "display_name": "Savanna Research",
    "description": "Small models for the languages of East Africa.",
    "preset": "light",
    "page": f"{BASE}/savanna",
    "created_at": "2026-03-02T08:00:00Z",
}
ORGANIZATION_EXAMPLE: dict[str, Any] = ITEM_EXAMPLE | {
    "contact": "models@savanna.example",
    "default_visibility": "public",
    "who_creates": "contributor",
    "rights": ["read_models", "see_unreleased"],
}
MEMBERSHIP_EXAMPLE: dict[str, Any] = ITEM_EXAMPLE | {"roles": [ROLE_EXAMPLE]}
MEMBER_EXAMPLE: dict[str, Any] = {
    "username": "ada",
    "display_name": "Ada Lovelace",
    "roles": [ROLE_EXAMPLE],
}
INVITATION_EXAMPLE: dict[str, Any] = {
    "id": 7,
    "organization": "savanna",
    "username": "grace",
    "role": {"code": "reviewer", "word": "Reviewer"},
    "state": "open",
    "invited_by": "ada",
    "created_at": "2026-11-20T09:30:00Z",
    "answered_at": None,
}
NEW_EXAMPLE: dict[str, Any] = {
    "name": "savanna",
    "display_name": "Savanna Research",
    "preset": "light",
}
