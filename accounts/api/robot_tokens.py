"""``/orgs/<org>/service-accounts/<name>/tokens``: made, rotated and revoked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.robot_shapes import (
    MADE_ROBOT_EXAMPLE,
    ROBOT_TOKEN_EXAMPLE,
    MadeRobotTokenShape,
    NewRobotToken,
    RobotTokenShape,
    RotateBody,
)
from accounts.api.robots import ROBOT, OfRobot
from accounts.api.token_facts import token_facts
from accounts.authz.queries import require_no_token
from accounts.robots.actions import create_robot_token, revoke_robot_token, rotate_robot_token
from accounts.robots.models import ServiceAccount
from accounts.robots.queries import get_robot_token, robot_token_page
from accounts.tokens.models import Token
from accounts.web.fresh_sign_in import prove_again
from accounts.web.token_limits import repos_to_limit_to
from hub.api.operations import KEY, Answer, Sent, operation, place
from hub.api.pages import page_answer, wanted_page
from hub.core.actor import Actor

TOKEN = (*ROBOT, place("token", "The id of the token.", example=12, kind=OpenApiTypes.INT))
TOKEN_BODY = {"name": "nightly build", "scope": "write", "expires_at": "2027-02-18T09:30:00Z"}


def robot_token_facts(tokens: Sequence[Token], *, actor: Actor) -> list[dict[str, Any]]:
    """The answers about some tokens of a service account; who made them should have been fetched."""
    return [
        said | {"created_by": token.created_by.username if token.created_by else ""}
        for said, token in zip(token_facts(tokens, actor=actor), tokens, strict=True)
    ]


class OfRobotTokens(OfRobot):
    """An endpoint that may answer with a secret."""

    shows_secret = True

    def prove(self, password: str) -> None:
        """Refuse tokens, and people whose sign-in is not fresh."""
        require_no_token(self.actor, to=_("make tokens"))
        assert self.actor.user is not None
        prove_again(self.plain_request, self.actor.user, password)

    def made(self, account: ServiceAccount, token: Token, secret: str) -> HttpResponseBase:
        """The one answer that holds the secret."""
        said = robot_token_facts([token], actor=self.actor)[0] | {"secret": secret}
        org = account.organization.namespace.name
        where = reverse("api:robot-token", args=[org, account.user.username, token.pk])
        response = self.one(said, status=201, location=where)
        response.headers["Cache-Control"] = "no-store"
        return response


class RobotTokens(OfRobotTokens):
    """The tokens of a service account."""

    spends = {"POST": "mint-token"}

    @operation(
        name="service_account_token_list",
        tag="Service accounts",
        purpose="List its tokens",
        details="Those that have not been revoked, the newest first. Needs the right `manage_members`.",
        answer=Answer(RobotTokenShape, ROBOT_TOKEN_EXAMPLE, is_list=True),
        places=ROBOT,
        refusals=(403,),
    )
    def get(self, request: Request, org: str, name: str) -> Response:
        """Without their secrets, which are kept nowhere."""
        wanted = wanted_page(request)
        page = robot_token_page(
            self.robot(org, name), actor=self.actor, cursor=wanted.cursor, size=wanted.size
        )
        return page_answer(request, robot_token_facts(page.rows, actor=self.actor), page)

    @operation(
        name="service_account_token_create",
        tag="Service accounts",
        purpose="Make a token for it",
        details=(
            "Answers with the secret, once. It counts in the organisation alone. For people: a token may not make tokens "
            "and gets 403. Who makes it knows the secret, so their approval of what it pushes does not count."
        ),
        sent=Sent(NewRobotToken, TOKEN_BODY),
        answer=Answer(MadeRobotTokenShape, MADE_ROBOT_EXAMPLE, status=201, means="Made."),
        places=ROBOT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str, name: str) -> HttpResponseBase:
        """The one answer that holds the secret."""
        require_no_token(self.actor, to=_("make tokens"))
        account = self.robot(org, name)
        body = self.read(NewRobotToken)
        home = [account.organization.namespace]
        repos = repos_to_limit_to(body["models"], home, actor=self.actor)
        self.prove(body["password"])
        token, secret = create_robot_token(
            account,
            body["name"],
            scope=body["scope"],
            expires_at=body["expires_at"],
            repos=repos,
            actor=self.actor,
        )
        return self.made(account, token, secret)


class RobotToken(OfRobotTokens):
    """One of its tokens."""

    spends = {"DELETE": "write"}

    @operation(
        name="service_account_token_read",
        tag="Service accounts",
        purpose="Read one of its tokens",
        answer=Answer(RobotTokenShape, ROBOT_TOKEN_EXAMPLE),
        places=TOKEN,
        refusals=(403,),
    )
    def get(self, request: Request, org: str, name: str, token: int) -> HttpResponseBase:
        """What it may do, and when it was used."""
        found = get_robot_token(self.robot(org, name), token, actor=self.actor)
        return self.one(robot_token_facts([found], actor=self.actor)[0])

    @operation(
        name="service_account_token_revoke",
        tag="Service accounts",
        purpose="Revoke one of its tokens",
        details="It stops working at once.",
        answer=Answer(status=204, means="Revoked."),
        places=TOKEN,
        refusals=(403,),
    )
    def delete(self, request: Request, org: str, name: str, token: int) -> Response:
        """For good."""
        account = self.robot(org, name)
        found = get_robot_token(account, token, actor=self.actor)
        revoke_robot_token(account, found, actor=self.actor)
        return Response(status=204)


class RobotTokenRotation(OfRobotTokens):
    """A new token in the place of one."""

    spends = {"POST": "mint-token"}

    @operation(
        name="service_account_token_rotate",
        tag="Service accounts",
        purpose="Rotate one of its tokens",
        details=(
            "Answers with a new secret, once: same name, rights, limits and length of life. The old one stops at once, or "
            "after `overlap_hours`. For people, as making one is."
        ),
        sent=Sent(RotateBody, {"overlap_hours": 24}),
        answer=Answer(MadeRobotTokenShape, MADE_ROBOT_EXAMPLE, status=201, means="Made."),
        places=TOKEN,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str, name: str, token: int) -> HttpResponseBase:
        """The one answer that holds the secret."""
        require_no_token(self.actor, to=_("make tokens"))
        account = self.robot(org, name)
        found = get_robot_token(account, token, actor=self.actor)
        body = self.read(RotateBody)
        self.prove(body["password"])
        made, secret = rotate_robot_token(
            account, found, overlap=timedelta(hours=body["overlap_hours"]), actor=self.actor
        )
        return self.made(account, made, secret)
