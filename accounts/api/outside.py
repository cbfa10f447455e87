"""``/orgs/<org>/outside-collaborators``: people with roles on single models and none in the organisation."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from hub.api.operations import Answer, operation, place
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown_all
from models_catalog.grants.models import GRANT_TITLES
from models_catalog.grants.outside import get_outsider, held_by, outside_page, remove_outsider

OUTSIDER = (*ORGANIZATION, place("username", "Who holds something.", example="eve"))


class HeldShape(serializers.Serializer[Any]):
    """A role on one model."""

    model = serializers.CharField(source="repo.full_name")
    role = serializers.ChoiceField(list(GRANT_TITLES))
    expires_on = serializers.DateField(
        allow_null=True, help_text="The last day on which it counts."
    )


class OutsiderShape(serializers.Serializer[Any]):
    """Somebody who holds roles on single models."""

    username = serializers.CharField()
    display_name = serializers.CharField()
    is_suspended = serializers.BooleanField()
    models = serializers.IntegerField(help_text="On how many models.")
    newest = HeldShape(many=True, help_text="The newest three of them.")


OUTSIDER_EXAMPLE: dict[str, Any] = {
    "username": "eve",
    "display_name": "Eve Hartono",
    "is_suspended": False,
    "models": 1,
    "newest": [{"model": "savanna/minilm", "role": "reader", "expires_on": None}],
}


class Outsiders(OfOrganization):
    """Everybody from outside who holds something."""

    @operation(
        name="outside_collaborator_list",
        tag="Organisations",
        purpose="List outside collaborators",
        details="Needs the right `manage_members`.",
        answer=Answer(OutsiderShape, OUTSIDER_EXAMPLE, is_list=True),
        places=ORGANIZATION,
        refusals=(403,),
    )
    def get(self, request: Request, org: str) -> Response:
        """By name, with what they hold."""
        wanted = wanted_page(request)
        found = self.organization(org)
        page = outside_page(found, actor=self.actor, cursor=wanted.cursor, size=wanted.size)
        held = held_by(found, page.rows)
        said = [
            {
                "username": person.username,
                "display_name": person.name,
                "is_suspended": not person.is_active,
                "models": held[person.pk].models,
                "newest": held[person.pk].newest,
            }
            for person in page.rows
        ]
        return page_answer(request, shown_all(OutsiderShape, said), page)


class Outsider(OfOrganization):
    """One of them."""

    spends = {"DELETE": "write"}

    @operation(
        name="outside_collaborator_remove",
        tag="Organisations",
        purpose="Remove an outside collaborator from everything",
        details="Ends every role that they hold on single models of the organisation, all or none.",
        answer=Answer(status=204, means="Removed."),
        places=OUTSIDER,
        refusals=(403,),
    )
    def delete(self, request: Request, org: str, username: str) -> Response:
        """All or none."""
        found = self.organization(org)
        person = get_outsider(found, username, actor=self.actor)
        remove_outsider(found, person, actor=self.actor)
        return Response(status=204)
