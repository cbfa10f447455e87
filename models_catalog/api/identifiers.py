"""Identifiers that never change lead to where the model is now."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import Answer, operation, place
from hub.api.views import ApiView
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo_by

THERE = Answer(status=307, means="The address of the model is in Location.")


class ByIdentifier(ApiView):
    """``/id/<uuid>`` and ``/acc/<number>``."""

    open_to_strangers = ("GET",)

    def there(self, repo: Repo) -> HttpResponseBase:
        """Where it is now."""
        where = reverse("api:model", args=[repo.namespace.name, repo.name])
        return Response(status=307, headers={"Location": self.request.build_absolute_uri(where)})


class ById(ByIdentifier):
    """By UUID."""

    @operation(
        name="model_find_by_id",
        tag="Models",
        purpose="Find a model by its id",
        answer=THERE,
        places=[
            place(
                "public_id",
                "The UUID of the model.",
                example="4f1c7c4e-2a50-4a64-9a4e-0f3a0e6f2a11",
                kind=OpenApiTypes.UUID,
            )
        ],
        is_open=True,
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponseBase:
        """A redirect."""
        return self.there(get_repo_by(public_id=public_id, accession=None, actor=self.actor))


class ByAccession(ByIdentifier):
    """By accession number."""

    @operation(
        name="model_find_by_accession",
        tag="Models",
        purpose="Find a model by its accession number",
        answer=THERE,
        places=[place("accession", "The accession number.", example="ARB-2026-0007")],
        is_open=True,
    )
    def get(self, request: Request, accession: str) -> HttpResponseBase:
        """A redirect."""
        return self.there(get_repo_by(public_id=None, accession=accession, actor=self.actor))
