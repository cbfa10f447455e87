"""``/orgs``: organisations, all of them and one's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from accounts.api.org_shapes import (
    ITEM_EXAMPLE,
    MEMBERSHIP_EXAMPLE,
    NEW_EXAMPLE,
    ORGANIZATION_EXAMPLE,
    MembershipShape,
    NewOrganization,
    OrganizationBody,
    OrganizationItemShape,
    OrganizationShape,
)
from accounts.orgs.actions import change_defaults, create_organization, describe_organization
from accounts.orgs.models import Organization as OrganizationRow
from accounts.orgs.queries import (
    organization_page,
    organization_rights,
    own_organization_page,
    roles_in,
)
from hub.api.etags import require_match
from hub.api.operations import IF_MATCH, IF_NONE_MATCH, KEY, Answer, Sent, operation
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown, shown_all
from hub.api.views import ApiView
from hub.core.actor import Actor

DEFAULTS = ("default_visibility", "who_creates")


def _said(organization: OrganizationRow) -> dict[str, Any]:
    name = organization.namespace.name
    return {
        "name": name,
        "display_name": organization.display_name,
        "description": organization.description,
        "preset": organization.namespace.preset,
        "page": settings.PUBLIC_URL + reverse("catalog:namespace", args=[name]),
        "created_at": organization.created_at,
    }


def organization_facts(organization: OrganizationRow, *, actor: Actor) -> dict[str, Any]:
    """The answer about one organisation, as the actor stands to it."""
    rights = organization_rights(organization, actor=actor)
    more = {
        "contact": organization.contact,
        "default_visibility": organization.default_visibility,
        "who_creates": organization.who_creates,
        "rights": sorted(right.value for right in rights),
    }
    return shown(OrganizationShape, _said(organization) | more)


class Organizations(ApiView):
    """All organisations."""

    open_to_strangers = ("GET",)
    spends = {"POST": "make"}

    @operation(
        name="organization_list",
        tag="Organisations",
        purpose="List organisations",
        details="All of this hub, by name; organisations are public.",
        answer=Answer(OrganizationItemShape, ITEM_EXAMPLE, is_list=True),
        is_open=True,
    )
    def get(self, request: Request) -> Response:
        """By name."""
        wanted = wanted_page(request)
        page = organization_page(cursor=wanted.cursor, size=wanted.size)
        said = [_said(each) for each in page.rows]
        return page_answer(request, shown_all(OrganizationItemShape, said), page)

    @operation(
        name="organization_create",
        tag="Organisations",
        purpose="Found an organisation",
        details="You become its owner. A token needs the scope `admin` and no limits.",
        sent=Sent(NewOrganization, NEW_EXAMPLE),
        answer=Answer(OrganizationShape, ORGANIZATION_EXAMPLE, status=201, means="Founded."),
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Name and preset; the rest can wait."""
        body = self.read(NewOrganization)
        made = create_organization(**body, actor=self.actor)
        where = reverse("api:org", args=[made.namespace.name])
        return self.one(organization_facts(made, actor=self.actor), status=201, location=where)


class Organization(OfOrganization):
    """One organisation."""

    open_to_strangers = ("GET",)
    spends = {"PATCH": "write"}

    @operation(
        name="organization_read",
        tag="Organisations",
        purpose="Read an organisation",
        answer=Answer(OrganizationShape, ORGANIZATION_EXAMPLE),
        places=ORGANIZATION,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, org: str) -> HttpResponseBase:
        """What it says of itself, and what you may do in it."""
        return self.one(organization_facts(self.organization(org), actor=self.actor))

    @operation(
        name="organization_change",
        tag="Organisations",
        purpose="Change an organisation",
        details="Needs the right `manage_organization`. Its preset is part of its policy: see `policy_change`.",
        sent=Sent(OrganizationBody, {"contact": "models@savanna.example"}),
        answer=Answer(OrganizationShape, ORGANIZATION_EXAMPLE),
        places=ORGANIZATION,
        refusals=(403,),
        takes=(IF_MATCH,),
    )
    def patch(self, request: Request, org: str) -> HttpResponseBase:
        """What it says of itself."""
        found = self.organization(org)
        require_match(request, organization_facts(found, actor=self.actor))
        stands = {
            "display_name": found.display_name,
            "description": found.description,
            "contact": found.contact,
        }
        changed = self.read(OrganizationBody, partial=True)
        defaults = {key: changed.pop(key) for key in DEFAULTS if key in changed}
        with transaction.atomic():
            if changed or not defaults:
                describe_organization(found, **(stands | changed), actor=self.actor)
            if defaults:
                change_defaults(found, **defaults, actor=self.actor)
        return self.one(organization_facts(found, actor=self.actor))


class OwnOrganizations(ApiView):
    """The organisations that one belongs to."""

    @operation(
        name="membership_list",
        tag="Organisations",
        purpose="List your organisations",
        answer=Answer(MembershipShape, MEMBERSHIP_EXAMPLE, is_list=True),
    )
    def get(self, request: Request) -> Response:
        """With the roles held in each."""
        wanted = wanted_page(request)
        page = own_organization_page(actor=self.actor, cursor=wanted.cursor, size=wanted.size)
        assert self.actor.user is not None
        roles = roles_in(page.rows, user=self.actor.user)
        said = [_said(each) | {"roles": roles.get(each.pk, ())} for each in page.rows]
        return page_answer(request, shown_all(MembershipShape, said), page)
