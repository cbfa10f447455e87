"""What answers say of service accounts and their tokens, and bodies about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.token_shapes import MOST_LIMITS, TOKEN_EXAMPLE, TokenShape
from accounts.api.words import RoleField
from accounts.authz.policy import ROBOT_ROLES, TOKEN_SCOPES
from accounts.robots.actions.tokens import LONGEST_OVERLAP
from hub.api.bodies import Body
from hub.api.fields import TextField

HOURS = int(LONGEST_OVERLAP.total_seconds()) // 3600
PASSWORD = "Needed when you signed in more than 15 minutes ago: a token outlives your visit."  # noqa: S105 - help


class RobotShape(serializers.Serializer[Any]):
    """A service account."""

    organization = serializers.CharField()
    name = serializers.CharField(help_text="`<organisation>-<name>`: what the record calls it.")
    purpose = serializers.CharField()
    responsible = serializers.CharField(help_text="The person who answers for it.")
    roles = serializers.ListField(child=RoleField(), help_text="In the organisation; may be none.")
    is_enabled = serializers.BooleanField()
    tokens = serializers.IntegerField(help_text="How many of its tokens work.")
    created_by = serializers.CharField()
    created_at = serializers.DateTimeField()


class NewRobot(Body):
    """A service account to make."""

    name = TextField(max_length=60, help_text="The organisation’s name is put before it.")
    purpose = TextField(max_length=500)
    responsible = TextField(max_length=96, help_text="A member, who answers for it.")
    roles = serializers.ListField(
        child=serializers.ChoiceField([role.value for role in ROBOT_ROLES]),
        max_length=len(ROBOT_ROLES),
        default=list,
    )


class RobotBody(Body):
    """What shall change; what is left out stays."""

    purpose = TextField(max_length=500)
    responsible = TextField(max_length=96)
    roles = serializers.ListField(
        child=serializers.ChoiceField([role.value for role in ROBOT_ROLES]),
        max_length=len(ROBOT_ROLES),
        help_text="Exactly these; none is allowed.",
    )


class DisableBody(Body):
    """Why."""

    reason = TextField(max_length=2000, help_text="The audit log keeps it.")


class RobotTokenShape(TokenShape):
    """A token of a service account, without its secret."""

    created_by = serializers.CharField(help_text="Who made it, and so saw its secret.")


class MadeRobotTokenShape(RobotTokenShape):
    """A new one."""

    secret = serializers.CharField(help_text="Shown this once, and kept nowhere.")


class NewRobotToken(Body):
    """A token to make."""

    name = TextField(max_length=80, help_text="The program or machine that will use it.")
    scope = serializers.ChoiceField(sorted(TOKEN_SCOPES))
    expires_at = serializers.DateTimeField(help_text="Within a year.")
    models = serializers.ListField(
        child=serializers.CharField(max_length=200),
        max_length=MOST_LIMITS,
        default=list,
        help_text="Let it count only for these models of the organisation.",
    )
    password = TextField(
        required=False, default="", allow_blank=True, max_length=1000, help_text=PASSWORD
    )


class RotateBody(Body):
    """How long the old token goes on."""

    overlap_hours = serializers.IntegerField(min_value=0, max_value=HOURS, default=0)
    password = TextField(
        required=False, default="", allow_blank=True, max_length=1000, help_text=PASSWORD
    )


ROBOT_EXAMPLE: dict[str, Any] = {
    "organization": "savanna",
    "name": "savanna-ci",
    "purpose": "Uploads what was trained at night.",
    "responsible": "ada",
    "roles": [{"code": "contributor", "word": "Contributor"}],
    "is_enabled": True,
    "tokens": 1,
    "created_by": "ada",
    "created_at": "2026-11-20T09:30:00Z",
}
ROBOT_TOKEN_EXAMPLE: dict[str, Any] = TOKEN_EXAMPLE | {"created_by": "ada"}
MADE_ROBOT_EXAMPLE: dict[str, Any] = ROBOT_TOKEN_EXAMPLE | {
    "secret": "arb_" + "…",
    "last_used_at": None,
}
