"""Roles on a model, and what somebody may do with it and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authz.policy import Right
from accounts.users.queries import get_user
from hub.api.etags import require_match
from hub.api.operations import (
    IF_MATCH,
    IF_NONE_MATCH,
    KEY,
    MODEL,
    Answer,
    Sent,
    operation,
    place,
)
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown, shown_all
from hub.core.actor import Actor, Means
from models_catalog.api.doors import OfModel
from models_catalog.api.grant_shapes import (
    ACCESS_EXAMPLE,
    GRANT_EXAMPLE,
    AccessShape,
    GrantShape,
    NewGrant,
    OtherRole,
)
from models_catalog.grants.actions import change_grant, end_grant, grant_repo
from models_catalog.grants.explaining import explain
from models_catalog.grants.models import Grant as GrantRow
from models_catalog.grants.queries import get_grant, grant_page, holder_named
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_repo_right

GRANT = (*MODEL, place("grant_id", "The role’s `id`.", example=12, kind=OpenApiTypes.INT))
PERSON = (*MODEL, place("username", "Whose rights are asked about.", example="grace"))


class Grants(OfModel):
    """Roles on one model."""

    spends = {"POST": "write"}

    @operation(
        name="grant_list",
        tag="Access",
        purpose="List roles on a model",
        details="For those who manage it. Roles in the organisation are not among them: see `member_list`.",
        answer=Answer(GrantShape, GRANT_EXAMPLE, is_list=True),
        places=MODEL,
        refusals=(403,),
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """The oldest first."""
        wanted = wanted_page(request)
        repo = self.repo(namespace, name)
        page = grant_page(repo, actor=self.actor, cursor=wanted.cursor, size=wanted.size)
        return page_answer(request, shown_all(GrantShape, page.rows), page)

    @operation(
        name="grant_create",
        tag="Access",
        purpose="Give a role on a model",
        details=(
            "Needs the right `manage_models`; `security_reviewer` is given by those who hold `manage_organization`. "
            "409 when they have one already: change that."
        ),
        sent=Sent(NewGrant, {"kind": "team", "to": "Field", "role": "contributor"}),
        answer=Answer(GrantShape, GRANT_EXAMPLE, status=201, means="Given."),
        places=MODEL,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """To a person or a team."""
        repo = self.repo(namespace, name)
        require_repo_right(repo, Right.MANAGE, actor=self.actor)
        body = self.read(NewGrant)
        to = holder_named(body.pop("kind"), body.pop("to"), repo=repo)
        made = grant_repo(repo, to, **body, is_new=True, actor=self.actor)
        where = reverse("api:grant", args=[namespace, name, made.pk])
        return self.one(
            shown(GrantShape, get_grant(repo, made.pk, actor=self.actor)),
            status=201,
            location=where,
        )


class Grant(OfModel):
    """One role on a model."""

    spends = {"PATCH": "write", "DELETE": "write"}

    def grant(self, namespace: str, name: str, grant_id: int) -> GrantRow:
        """It, for its holder and for those who manage the model."""
        return get_grant(self.repo(namespace, name), grant_id, actor=self.actor)

    @operation(
        name="grant_read",
        tag="Access",
        purpose="Read a role on a model",
        details="For those who manage the model, and for whoever holds it.",
        answer=Answer(GrantShape, GRANT_EXAMPLE),
        places=GRANT,
        refusals=(403,),
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, namespace: str, name: str, grant_id: int) -> HttpResponseBase:
        """Who holds which role until when."""
        return self.one(shown(GrantShape, self.grant(namespace, name, grant_id)))

    @operation(
        name="grant_change",
        tag="Access",
        purpose="Change a role on a model",
        sent=Sent(OtherRole, {"role": "reviewer", "expires_on": "2027-01-31"}),
        answer=Answer(GrantShape, GRANT_EXAMPLE),
        places=GRANT,
        refusals=(403, 409, 410),
        takes=(IF_MATCH,),
    )
    def patch(self, request: Request, namespace: str, name: str, grant_id: int) -> HttpResponseBase:
        """Another role, or another last day."""
        grant = self.grant(namespace, name, grant_id)
        require_match(request, shown(GrantShape, grant))
        wanted: dict[str, Any] = {"role": grant.role, "expires_on": grant.expires_on}
        change_grant(grant, **(wanted | self.read(OtherRole)), actor=self.actor)
        return self.one(shown(GrantShape, self.grant(namespace, name, grant_id)))

    @operation(
        name="grant_end",
        tag="Access",
        purpose="End a role on a model",
        details="Takes back what it gives at once. People lay down their own with a token that has `manage_models`.",
        answer=Answer(status=204, means="Ended."),
        places=GRANT,
        refusals=(403,),
    )
    def delete(self, request: Request, namespace: str, name: str, grant_id: int) -> Response:
        """Taken away, or laid down."""
        end_grant(self.grant(namespace, name, grant_id), actor=self.actor)
        return Response(status=204)


class OwnAccess(OfModel):
    """What the caller may do."""

    open_to_strangers = ("GET",)

    @operation(
        name="access_read",
        tag="Access",
        purpose="Read what you may do with a model, and why not",
        details=(
            "Each right with every place that it comes from, or with a sentence that says what is missing: who can give "
            "it, or that it is the token that lacks it."
        ),
        answer=Answer(AccessShape, ACCESS_EXAMPLE),
        places=MODEL,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """With the token in use."""
        return self.one(_access(self.repo(namespace, name), self.actor))


class AccessOfPerson(OfModel):
    """What somebody else may do."""

    @operation(
        name="access_of_person_read",
        tag="Access",
        purpose="Read what a person may do with a model, and why not",
        details="For those who manage it.",
        answer=Answer(AccessShape, ACCESS_EXAMPLE),
        places=PERSON,
        refusals=(403,),
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, namespace: str, name: str, username: str) -> HttpResponseBase:
        """In person, without a token."""
        repo = self.repo(namespace, name)
        require_repo_right(repo, Right.MANAGE, actor=self.actor)
        return self.one(_access(repo, Actor(user=get_user(username), means=Means.SESSION)))


def _access(repo: Repo, actor: Actor) -> dict[str, Any]:
    name = actor.user.username if actor.user else None
    return shown(AccessShape, {"person": name, "rights": explain(repo, actor=actor)})
