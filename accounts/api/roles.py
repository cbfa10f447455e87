"""``/orgs/<org>/roles``: what each role may do there."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from accounts.api.words import ROLE_EXAMPLE, RoleField
from accounts.authz.policy import ROBOT_ROLES, Right, Role, rights_of_role
from hub.api.operations import Answer, operation
from hub.api.pages import Neighbours, page_answer
from hub.api.shapes import shown_all


class RoleRightsShape(serializers.Serializer[Any]):
    """A role and what it may do."""

    role = RoleField()
    rights = serializers.ListField(child=serializers.ChoiceField([right.value for right in Right]))
    is_for_service_accounts = serializers.BooleanField(
        help_text="Whether a service account can hold it."
    )


RIGHTS_EXAMPLE: dict[str, Any] = {
    "role": ROLE_EXAMPLE,
    "rights": ["create_models", "manage_models", "read_models", "review_models", "see_unreleased"],
    "is_for_service_accounts": True,
}


class Roles(OfOrganization):
    """The table of roles."""

    open_to_strangers = ("GET",)

    @operation(
        name="role_list",
        tag="Organisations",
        purpose="List what roles may do",
        details="The widest first; who may add models is the organisation’s own choice.",
        answer=Answer(RoleRightsShape, RIGHTS_EXAMPLE, is_list=True),
        places=ORGANIZATION,
        is_open=True,
    )
    def get(self, request: Request, org: str) -> Response:
        """All of them on one page."""
        creator = self.organization(org).who_creates
        said = [
            {
                "role": role,
                "rights": sorted(rights_of_role(role, who_creates=creator)),
                "is_for_service_accounts": role in ROBOT_ROLES,
            }
            for role in Role
        ]
        return page_answer(request, shown_all(RoleRightsShape, said), Neighbours())
