"""``/orgs/<org>/service-accounts``: programs that an organisation answers for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from accounts.api.robot_shapes import (
    ROBOT_EXAMPLE,
    DisableBody,
    NewRobot,
    RobotBody,
    RobotShape,
)
from accounts.orgs.models import Organization
from accounts.orgs.queries import roles_of
from accounts.robots.actions import (
    change_robot,
    create_robot,
    disable_robot,
    enable_robot,
    set_robot_roles,
)
from accounts.robots.models import ServiceAccount
from accounts.robots.queries import get_robot, live_tokens_of, robot_page
from hub.api.etags import require_match
from hub.api.operations import IF_MATCH, IF_NONE_MATCH, KEY, Answer, Sent, operation, place
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown_all

ROBOT = (*ORGANIZATION, place("name", "The name of the account.", example="savanna-ci"))
NEW_EXAMPLE = {
    "name": "ci",
    "purpose": "Uploads what was trained at night.",
    "responsible": "ada",
    "roles": ["contributor"],
}


def robot_facts(
    organization: Organization, accounts: Sequence[ServiceAccount]
) -> list[dict[str, Any]]:
    """The answers about some service accounts: two queries more."""
    roles = roles_of(organization, [each.user for each in accounts])
    tokens = live_tokens_of(accounts)
    return shown_all(
        RobotShape,
        [
            {
                "organization": organization.namespace.name,
                "name": each.user.username,
                "purpose": each.purpose,
                "responsible": each.responsible.username,
                "roles": roles.get(each.user_id, ()),
                "is_enabled": each.is_enabled,
                "tokens": tokens.get(each.pk, 0),
                "created_by": each.created_by.username,
                "created_at": each.created_at,
            }
            for each in accounts
        ],
    )


class OfRobot(OfOrganization):
    """An endpoint about one service account."""

    def robot(self, org: str, name: str) -> ServiceAccount:
        """The account, for those who manage members. Raises ``Forbidden`` or ``NotFound``."""
        return get_robot(self.organization(org), name, actor=self.actor)

    def said(self, account: ServiceAccount, *, status: int = 200) -> HttpResponseBase:
        """The answer about one."""
        facts = robot_facts(account.organization, [account])[0]
        where = ""
        if status == 201:
            name = account.organization.namespace.name
            where = reverse("api:robot", args=[name, account.user.username])
        return self.one(facts, status=status, location=where)


class Robots(OfRobot):
    """The service accounts of an organisation."""

    spends = {"POST": "write"}

    @operation(
        name="service_account_list",
        tag="Service accounts",
        purpose="List service accounts",
        details="Needs the right `manage_members`.",
        answer=Answer(RobotShape, ROBOT_EXAMPLE, is_list=True),
        places=ORGANIZATION,
        refusals=(403,),
    )
    def get(self, request: Request, org: str) -> Response:
        """By name."""
        wanted = wanted_page(request)
        found = self.organization(org)
        page = robot_page(found, actor=self.actor, cursor=wanted.cursor, size=wanted.size)
        return page_answer(request, robot_facts(found, page.rows), page)

    @operation(
        name="service_account_create",
        tag="Service accounts",
        purpose="Make a service account",
        details=(
            "It has no password and no token yet. It can hold the roles maintainer, contributor, auditor and reader, and "
            "decides about nothing. Needs the right `manage_members`."
        ),
        sent=Sent(NewRobot, NEW_EXAMPLE),
        answer=Answer(RobotShape, ROBOT_EXAMPLE, status=201, means="Made."),
        places=ORGANIZATION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str) -> HttpResponseBase:
        """With its roles or not at all."""
        body = self.read(NewRobot)
        roles = body.pop("roles")
        with transaction.atomic():
            made = create_robot(self.organization(org), **body, actor=self.actor)
            set_robot_roles(made, roles=roles, actor=self.actor)
        return self.said(made, status=201)


class Robot(OfRobot):
    """One service account."""

    spends = {"PATCH": "write"}

    @operation(
        name="service_account_read",
        tag="Service accounts",
        purpose="Read a service account",
        answer=Answer(RobotShape, ROBOT_EXAMPLE),
        places=ROBOT,
        refusals=(403,),
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, org: str, name: str) -> HttpResponseBase:
        """What it is for, and who answers for it."""
        return self.said(self.robot(org, name))

    @operation(
        name="service_account_change",
        tag="Service accounts",
        purpose="Change a service account",
        details="Who answered for it so far stays behind what it did in the last 90 days.",
        sent=Sent(RobotBody, {"responsible": "grace"}),
        answer=Answer(RobotShape, ROBOT_EXAMPLE),
        places=ROBOT,
        refusals=(403, 409),
        takes=(IF_MATCH,),
    )
    def patch(self, request: Request, org: str, name: str) -> HttpResponseBase:
        """All or nothing."""
        account = self.robot(org, name)
        require_match(request, robot_facts(account.organization, [account])[0])
        changed = self.read(RobotBody, partial=True)
        with transaction.atomic():
            change_robot(
                account,
                purpose=changed.get("purpose", account.purpose),
                responsible=changed.get("responsible", account.responsible.username),
                actor=self.actor,
            )
            if "roles" in changed:
                set_robot_roles(account, roles=changed["roles"], actor=self.actor)
        return self.said(account)


class RobotDisabling(OfRobot):
    """Stopping a service account."""

    spends = {"POST": "write"}

    @operation(
        name="service_account_disable",
        tag="Service accounts",
        purpose="Disable a service account",
        details="It stops at once, whatever it is doing, and its tokens are revoked for good.",
        sent=Sent(DisableBody, {"reason": "The build server was replaced."}),
        answer=Answer(RobotShape, ROBOT_EXAMPLE | {"is_enabled": False, "tokens": 0}),
        places=ROBOT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str, name: str) -> HttpResponseBase:
        """With a reason."""
        account = self.robot(org, name)
        disable_robot(account, **self.read(DisableBody), actor=self.actor)
        return self.said(account)


class RobotEnabling(OfRobot):
    """Letting a service account work again."""

    spends = {"POST": "write"}

    @operation(
        name="service_account_enable",
        tag="Service accounts",
        purpose="Enable a service account",
        details="It needs new tokens.",
        answer=Answer(RobotShape, ROBOT_EXAMPLE | {"tokens": 0}),
        places=ROBOT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str, name: str) -> HttpResponseBase:
        """Its old tokens stay revoked."""
        account = self.robot(org, name)
        enable_robot(account, actor=self.actor)
        return self.said(account)
