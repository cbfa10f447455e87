"""The stages of an organisation, and which aliases it protects."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from hub.api.operations import KEY, Answer, Sent, operation, place
from hub.api.pages import Neighbours, page_answer
from hub.api.shapes import shown, shown_all
from models_catalog.api.stage_shapes import (
    STAGE_EXAMPLE,
    ProtectedAliasShape,
    StageBody,
    StageChange,
    StageOrder,
    StageShape,
)
from models_catalog.stages.actions import (
    add_stage,
    change_stage,
    protect_alias,
    remove_stage,
    reorder_stages,
    unprotect_alias,
)
from models_catalog.stages.queries import protected_aliases, stages_of

STAGE = (*ORGANIZATION, place("stage", "The name of the stage.", example="production"))
ALIAS = (*ORGANIZATION, place("alias", "The alias.", example="champion"))


class OrganizationStages(OfOrganization):
    """The stages of an organisation."""

    open_to_strangers = ("GET",)
    spends = {"POST": "write", "PUT": "write"}

    @operation(
        name="stage_list",
        tag="Stages",
        purpose="List the stages of an organisation",
        details="In their order. All of them: the list has one page.",
        answer=Answer(StageShape, STAGE_EXAMPLE, is_list=True),
        places=ORGANIZATION,
        is_open=True,
    )
    def get(self, request: Request, org: str) -> Response:
        """In their order."""
        return self._all(org)

    @operation(
        name="stage_add",
        tag="Stages",
        purpose="Add a stage",
        details="After the others. Needs the right `manage_policies`.",
        sent=Sent(StageBody, {"name": "shadow", "title": "Shadow", "is_protected": True}),
        answer=Answer(
            StageShape,
            STAGE_EXAMPLE | {"name": "shadow", "title": "Shadow", "is_exclusive": False},
            status=201,
            means="Added.",
        ),
        places=ORGANIZATION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str) -> HttpResponseBase:
        """Whether it is exclusive is settled for good."""
        body = self.read(StageBody)
        made = add_stage(self.organization(org), body.pop("name"), **body, actor=self.actor)
        where = reverse("api:organization-stage-list", args=[org])
        return self.one(shown(StageShape, made), status=201, location=where)

    @operation(
        name="stage_reorder",
        tag="Stages",
        purpose="Put the stages in another order",
        details="Names every stage once. Needs the right `manage_policies`.",
        sent=Sent(StageOrder, {"order": ["candidate", "staging", "production", "archived"]}),
        answer=Answer(StageShape, STAGE_EXAMPLE, is_list=True),
        places=ORGANIZATION,
        refusals=(403,),
    )
    def put(self, request: Request, org: str) -> Response:
        """From now on."""
        reorder_stages(self.organization(org), self.read(StageOrder)["order"], actor=self.actor)
        return self._all(org)

    def _all(self, org: str) -> Response:
        stages = stages_of(self.organization(org).namespace)
        return page_answer(self.request, shown_all(StageShape, stages), Neighbours())


class OrganizationStage(OfOrganization):
    """One stage of an organisation."""

    spends = {"PATCH": "write", "DELETE": "write"}

    @operation(
        name="stage_change",
        tag="Stages",
        purpose="Change a stage",
        details="Needs the right `manage_policies`; letting the protection go needs an owner.",
        sent=Sent(StageChange, {"title": "In use", "is_protected": True}),
        answer=Answer(StageShape, STAGE_EXAMPLE | {"title": "In use"}),
        places=STAGE,
        refusals=(403,),
    )
    def patch(self, request: Request, org: str, stage: str) -> HttpResponseBase:
        """What is named is changed, the rest stays."""
        body = self.read(StageChange)
        changed = change_stage(self.organization(org), stage, **body, actor=self.actor)
        return self.one(shown(StageShape, changed))

    @operation(
        name="stage_remove",
        tag="Stages",
        purpose="Remove a stage",
        details="409 while a version stands there. A protected one needs an owner.",
        answer=Answer(status=204, means="Removed."),
        places=STAGE,
        refusals=(403, 409),
    )
    def delete(self, request: Request, org: str, stage: str) -> Response:
        """Its history stays."""
        remove_stage(self.organization(org), stage, actor=self.actor)
        return Response(status=204)


class ProtectedAliases(OfOrganization):
    """The protected aliases of an organisation."""

    open_to_strangers = ("GET",)

    @operation(
        name="protected_alias_list",
        tag="Aliases",
        purpose="List the protected aliases",
        details="All of them, by name: the list has one page.",
        answer=Answer(ProtectedAliasShape, {"name": "champion"}, is_list=True),
        places=ORGANIZATION,
        is_open=True,
    )
    def get(self, request: Request, org: str) -> Response:
        """By name."""
        names = protected_aliases(self.organization(org).namespace)
        items = [shown(ProtectedAliasShape, {"name": name}) for name in names]
        return page_answer(request, items, Neighbours())


class ProtectedAlias(OfOrganization):
    """One protected alias."""

    spends = {"PUT": "write", "DELETE": "write"}

    @operation(
        name="alias_protect",
        tag="Aliases",
        purpose="Protect an alias",
        details="In every reviewed model it moves by a review only. Needs the right `manage_policies`.",
        answer=Answer(ProtectedAliasShape, {"name": "champion"}),
        places=ALIAS,
        refusals=(403, 409),
    )
    def put(self, request: Request, org: str, alias: str) -> HttpResponseBase:
        """A second time changes nothing."""
        protect_alias(self.organization(org), alias, actor=self.actor)
        return self.one(shown(ProtectedAliasShape, {"name": alias}))

    @operation(
        name="alias_unprotect",
        tag="Aliases",
        purpose="Let an alias go",
        details="Needs an owner.",
        answer=Answer(status=204, means="No longer protected."),
        places=ALIAS,
        refusals=(403,),
    )
    def delete(self, request: Request, org: str, alias: str) -> Response:
        """Whoever maintains a model moves it again."""
        unprotect_alias(self.organization(org), alias, actor=self.actor)
        return Response(status=204)
