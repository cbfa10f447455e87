"""``/models`` and ``/models/<namespace>/<name>``: finding, adding and reading models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import (
    IF_NONE_MATCH,
    KEY,
    MODEL,
    Answer,
    Sent,
    operation,
    query,
)
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown_all
from hub.api.views import ApiView
from hub.core.errors import Forbidden, Gone
from models_catalog.api.model_facts import model_facts
from models_catalog.api.model_shapes import (
    ITEM_EXAMPLE,
    MODEL_EXAMPLE,
    ModelItemShape,
    ModelShape,
    NewModel,
)
from models_catalog.downloads.access import standing
from models_catalog.repos.actions import create_repo
from models_catalog.repos.queries import get_repo, namespaces_to_create_in
from models_catalog.revisions.actions import MAIN
from models_catalog.search.queries import FACETS, ORDERS, find_models, page_of_models
from models_catalog.versions.queries import get_revision
from models_catalog.web.catalog_filters import read_address

FILTERS = [
    query("q", "Words to find: in names, summaries and cards.", example="swahili"),
    *(
        query(facet, f"Only models with one of these values of “{facet}”.", many=True)
        for facet in FACETS
    ),
    query(
        "sort",
        "The order; by relevance where there are words, else the newest first.",
        enum=[*ORDERS],
    ),
    query(
        "facets",
        "Whether to count what could narrow the list further, under `facets`, and all matches, under `total`.",
        kind=OpenApiTypes.BOOL,
    ),
]


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}},
    }
)
class CountsField(serializers.JSONField):
    """Models per value, per facet."""


FACETS_OF_LIST = {
    "facets": (
        CountsField(required=False, help_text="Models per value of each facet, if you asked."),
        {"task": {"sentence-similarity": 3}},
    ),
    "total": (
        serializers.IntegerField(required=False, help_text="All matches, counted up to 10,001."),
        3,
    ),
}


class Withdrawn(Gone):
    """The model was taken back; its record stays and comes along."""

    def __init__(self, message: str, facts: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.facts = facts

    @property
    def extra(self) -> Mapping[str, Any]:
        """The record as it would be read."""
        return {"model": self.facts}


class Models(ApiView):
    """The catalogue."""

    open_to_strangers = ("GET",)
    spends = {"POST": "make"}

    @operation(
        name="model_list",
        tag="Models",
        purpose="Find models",
        details="Models that you may know of: the same words, filters and orders as the page `/models`.",
        answer=Answer(ModelItemShape, ITEM_EXAMPLE, is_list=True, extra=FACETS_OF_LIST),
        parameters=FILTERS,
        is_open=True,
    )
    def get(self, request: Request) -> Response:
        """A page of the catalogue."""
        wanted = wanted_page(request)
        asked = replace(read_address(request.query_params).query, size=wanted.size)
        if request.query_params.get("facets", "").lower() not in ("1", "true", "yes"):
            page = page_of_models(asked, actor=self.actor)
            return page_answer(request, shown_all(ModelItemShape, page.rows), page)
        found = find_models(asked, actor=self.actor)
        extra = {
            "facets": {name: dict(pairs) for name, pairs in found.counts.items()},
            "total": found.total,
        }
        items = shown_all(ModelItemShape, found.page.rows)
        return page_answer(request, items, found.page, extra=extra)

    @operation(
        name="model_create",
        tag="Models",
        purpose="Add a model",
        details="Adds an empty model. In a reviewed namespace its files become visible to others when a change is merged.",
        sent=Sent(NewModel, {"namespace": "savanna", "name": "minilm", "visibility": "public"}),
        answer=Answer(ModelShape, MODEL_EXAMPLE, status=201, means="Added."),
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Owner, name and visibility."""
        body = self.read(NewModel)
        owners = {each.name: each for each in namespaces_to_create_in(actor=self.actor)}
        owner = owners.get(body["namespace"])
        if owner is None:
            raise Forbidden(
                _("You may not add models under {namespace}.").format(namespace=body["namespace"])
            )
        repo = create_repo(
            body["name"].strip(),
            namespace=owner,
            visibility=body.get("visibility"),
            actor=self.actor,
        )
        where = reverse("api:model", args=[owner.name, repo.name])
        return self.one(model_facts(repo, actor=self.actor), status=201, location=where)


class Model(ApiView):
    """One model."""

    open_to_strangers = ("GET",)

    @operation(
        name="model_read",
        tag="Models",
        purpose="Read a model",
        details=(
            "Its facts, its standing and what you may do with it. A withdrawn model is 410 with the same record under "
            "`model`."
        ),
        answer=Answer(ModelShape, MODEL_EXAMPLE),
        places=MODEL,
        refusals=(410,),
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """What its page says."""
        repo = get_repo(namespace=namespace, name=name, actor=self.actor)
        facts = model_facts(repo, actor=self.actor)
        if repo.is_withdrawn:
            shown = get_revision(repo, MAIN, actor=self.actor)
            raise Withdrawn(standing(repo, shown, actor=self.actor).withdrawal, facts)
        return self.one(facts)
