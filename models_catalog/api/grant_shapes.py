"""What answers say of roles on a model and of rights, and bodies about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.words import TitledField
from accounts.authz.policy import REPO_ROLE_TITLES, RIGHT_TITLES, RepoRole
from hub.api.bodies import Body
from hub.api.fields import TextField
from models_catalog.grants.models import GRANT_TITLES
from models_catalog.grants.sources import Origin

KINDS = ("person", "team")
ROLES = [(role.value, role.value) for role in RepoRole]


class GrantShape(serializers.Serializer[Any]):
    """A role on one model."""

    id = serializers.IntegerField()
    kind = serializers.SerializerMethodField(help_text="`person` (or service account) or `team`.")
    to = serializers.CharField(source="holder", help_text="The person, or the team of the owner.")
    role = TitledField(GRANT_TITLES)
    granted_by = serializers.CharField(source="granted_by.username", allow_null=True, default=None)
    granted_at = serializers.DateTimeField()
    expires_on = serializers.DateField(
        allow_null=True, help_text="The last day on which it counts; `null`: until it is ended."
    )

    def get_kind(self, grant: Any) -> str:
        """Who holds it."""
        return "person" if grant.user_id else "team"


class SourceShape(serializers.Serializer[Any]):
    """One place that a right comes from."""

    origin = serializers.ChoiceField([each.value for each in Origin])
    role = serializers.CharField(help_text="The role that gives it; may be empty.")
    through = serializers.CharField(help_text="The organisation or team; may be empty.")
    expires_on = serializers.DateField(allow_null=True)
    where = serializers.CharField(help_text="The same in words.")


class ReasonShape(serializers.Serializer[Any]):
    """Whether somebody may, and why or why not."""

    right = TitledField(RIGHT_TITLES)
    allowed = serializers.BooleanField(source="is_allowed")
    sources = SourceShape(many=True, help_text="Every place that it comes from.")
    why_not = serializers.CharField(
        help_text="What is missing and who can give it, or that the token lacks it; empty for those who may."
    )
    obstacle = serializers.CharField(
        help_text="Why it does nothing at present although they may, such as an archived model; else empty."
    )


class AccessShape(serializers.Serializer[Any]):
    """What somebody may do with a model."""

    person = serializers.CharField(allow_null=True, help_text="`null` when nobody is signed in.")
    rights = ReasonShape(many=True)


class NewGrant(Body):
    """Somebody who shall have a role on a model."""

    kind = serializers.ChoiceField(KINDS, default="person")
    to = TextField(max_length=96, help_text="The name of the person, or of a team of the owner.")
    role = serializers.ChoiceField(ROLES)
    expires_on = serializers.DateField(required=False, allow_null=True, default=None)


class OtherRole(Body):
    """Another role or another last day; what is left out stays."""

    role = serializers.ChoiceField(ROLES, required=False)
    expires_on = serializers.DateField(required=False, allow_null=True)


GRANT_EXAMPLE: dict[str, Any] = {
    "id": 12,
    "kind": "team",
    "to": "Field",
    "role": {"code": "contributor", "word": str(REPO_ROLE_TITLES[RepoRole.CONTRIBUTOR])},
    "granted_by": "ada",
    "granted_at": "2026-11-20T09:30:00Z",
    "expires_on": "2027-01-31",
}
ACCESS_EXAMPLE: dict[str, Any] = {
    "person": "grace",
    "rights": [
        {
            "right": {"code": "review_models", "word": "Review changes"},
            "allowed": True,
            "sources": [
                {
                    "origin": "team",
                    "role": "Reviewer",
                    "through": "Field",
                    "expires_on": None,
                    "where": "Reviewer, from team Field",
                }
            ],
            "why_not": "",
            "obstacle": "",
        }
    ],
}
