"""``/me/tokens``: access tokens for programs."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.token_facts import token_facts
from accounts.api.token_shapes import (
    MADE_EXAMPLE,
    TOKEN_BODY,
    TOKEN_EXAMPLE,
    MadeTokenShape,
    NewToken,
    TokenShape,
)
from accounts.authz.queries import require_no_token
from accounts.namespaces.models import Namespace
from accounts.tokens.actions import Limits, create_token, revoke_token
from accounts.tokens.queries import get_token, namespaces_to_limit_to, token_page
from accounts.users.models import User
from accounts.web.fresh_sign_in import prove_again
from hub.api.operations import IF_NONE_MATCH, KEY, Answer, Sent, operation, place
from hub.api.pages import page_answer, wanted_page
from hub.api.views import ApiView
from hub.core.actor import Actor
from hub.core.errors import Invalid, NotFound
from models_catalog.repos.queries import get_repo

TOKEN = (place("token", "The id of the token.", example=12, kind=OpenApiTypes.INT),)


class Tokens(ApiView):
    """One's own tokens."""

    spends = {"POST": "mint-token"}
    shows_secret = True

    @operation(
        name="token_list",
        tag="Account",
        purpose="List your tokens",
        details="Those that have not been revoked, the newest first. A token sees itself alone.",
        answer=Answer(TokenShape, TOKEN_EXAMPLE, is_list=True),
    )
    def get(self, request: Request) -> Response:
        """Without their secrets, which are kept nowhere."""
        wanted = wanted_page(request)
        page = token_page(actor=self.actor, cursor=wanted.cursor, size=wanted.size)
        return page_answer(request, token_facts(page.rows, actor=self.actor), page)

    @operation(
        name="token_create",
        tag="Account",
        purpose="Make a token",
        details=(
            "Answers with the secret, once. For people: a token may not make tokens and gets 403. Send the cookie of a "
            "browser, and the password when the sign-in is older than 15 minutes."
        ),
        sent=Sent(NewToken, TOKEN_BODY),
        answer=Answer(MadeTokenShape, MADE_EXAMPLE, status=201, means="Made."),
        refusals=(403,),
        takes=(KEY,),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """The one answer that holds the secret."""
        require_no_token(self.actor, to="make tokens")
        user = self.actor.user
        assert user is not None
        body = self.read(NewToken)
        limits = Limits(
            namespaces=_namespaces(body["namespaces"], user=user),
            repos=_models(body["models"], actor=self.actor),
        )
        prove_again(self.plain_request, user, body["password"])
        token, secret = create_token(
            body["name"],
            scope=body["scope"],
            expires_at=body["expires_at"],
            limits=limits,
            actor=self.actor,
        )
        said = token_facts([token], actor=self.actor)[0] | {"secret": secret}
        response = self.one(said, status=201, location=reverse("api:token", args=[token.pk]))
        response.headers["Cache-Control"] = "no-store"
        return response


class Token(ApiView):
    """One of one's own tokens."""

    @operation(
        name="token_read",
        tag="Account",
        purpose="Read a token",
        answer=Answer(TokenShape, TOKEN_EXAMPLE),
        places=TOKEN,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, token: int) -> HttpResponseBase:
        """What it may do, and when it was used."""
        found = get_token(token, actor=self.actor)
        return self.one(token_facts([found], actor=self.actor)[0])

    @operation(
        name="token_revoke",
        tag="Account",
        purpose="Revoke a token",
        details="It stops working at once. A token may revoke itself and no other.",
        answer=Answer(status=204, means="Revoked."),
        places=TOKEN,
        refusals=(403,),
    )
    def delete(self, request: Request, token: int) -> Response:
        """For good."""
        revoke_token(get_token(token, actor=self.actor), actor=self.actor)
        return Response(status=204)


def _namespaces(names: Sequence[str], *, user: User) -> list[Namespace]:
    known = {each.name: each for each in namespaces_to_limit_to(user)} if names else {}
    for name in names:
        if name not in known:
            raise Invalid(
                _(
                    "“{name}” is neither your own name nor an organisation that you belong to."
                ).format(name=name),
                field="namespaces",
            )
    return [known[name] for name in dict.fromkeys(names)]


def _models(names: Sequence[str], *, actor: Actor) -> list[int]:
    found = []
    for full_name in dict.fromkeys(names):
        namespace, _slash, name = full_name.partition("/")
        try:
            found.append(get_repo(namespace=namespace, name=name, actor=actor).pk)
        except NotFound as error:
            said = _("There is no model “{full_name}”.").format(full_name=full_name)
            raise Invalid(said, field="models") from error
    return found
