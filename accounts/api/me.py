"""``/me``: who asks, and what they say of themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from accounts.api.me_shapes import (
    ME_EXAMPLE,
    PROFILE_EXAMPLE,
    MeShape,
    ProfileBody,
    ProfileShape,
)
from accounts.api.token_facts import token_facts
from accounts.authz.queries import require_no_token
from accounts.tokens.queries import get_token
from accounts.users.actions import describe_user
from accounts.users.models import User
from hub.api.etags import require_match
from hub.api.operations import IF_MATCH, IF_NONE_MATCH, Answer, Sent, operation
from hub.api.shapes import shown
from hub.api.views import ApiView
from hub.core.actor import Actor


def me_facts(actor: Actor) -> dict[str, Any]:
    """The answer about the caller."""
    user = actor.user
    assert user is not None
    roles = {
        "admin": user.is_superuser,
        "security": user.is_instance_security,
        "community_reviewer": user.is_community_reviewer,
    }
    came_with = [] if actor.token_id is None else [get_token(actor.token_id, actor=actor)]
    facts = {
        "username": user.username,
        "name": user.name,
        "page": settings.PUBLIC_URL + reverse("catalog:namespace", args=[user.username]),
        "hub_roles": [role for role, is_held in roles.items() if is_held],
        "means": actor.means.value,
        "token": next(iter(token_facts(came_with, actor=actor)), None),
    }
    return shown(MeShape, facts)


class Me(ApiView):
    """The caller."""

    @operation(
        name="me_read",
        tag="Account",
        purpose="Ask who you are",
        details="Whom your token or cookie stands for, and what the token is limited to.",
        answer=Answer(MeShape, ME_EXAMPLE),
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The person and the means."""
        return self.one(me_facts(self.actor))


class Profile(ApiView):
    """What people say of themselves; not for tokens, as the pages under ``/settings/`` are not."""

    spends = {"PATCH": "write"}

    @operation(
        name="profile_read",
        tag="Account",
        purpose="Read your profile",
        details="For people: a token gets 403. Send the cookie of a browser.",
        answer=Answer(ProfileShape, PROFILE_EXAMPLE),
        refusals=(403,),
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Names and address."""
        return self.one(shown(ProfileShape, self._person()))

    @operation(
        name="profile_change",
        tag="Account",
        purpose="Change your profile",
        details="For people: a token gets 403. Send the cookie of a browser.",
        sent=Sent(ProfileBody, {"display_name": "Ada Lovelace"}),
        answer=Answer(ProfileShape, PROFILE_EXAMPLE),
        refusals=(403,),
        takes=(IF_MATCH,),
    )
    def patch(self, request: Request) -> HttpResponseBase:
        """The name that pages show."""
        user = self._person()
        require_match(request, shown(ProfileShape, user))
        describe_user(user, **self.read(ProfileBody), actor=self.actor)
        return self.one(shown(ProfileShape, user))

    def _person(self) -> User:
        require_no_token(self.actor, to="manage an account")
        assert self.actor.user is not None
        return self.actor.user
