"""Versions of a model."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import IF_NONE_MATCH, KEY, MODEL, Answer, Sent, operation, place
from hub.api.shapes import shown
from models_catalog.api.doors import OfModel
from models_catalog.api.history_shapes import (
    VERSION_EXAMPLE,
    NewVersion,
    VersionShape,
)
from models_catalog.versions.actions import release_unreviewed
from models_catalog.versions.queries import (
    get_revision,
    get_version,
    visible_versions,
)

MOST_DIFFERENCES = 500
VERSION = (*MODEL, place("number", "The number of the version.", example=3, kind=OpenApiTypes.INT))


class Versions(OfModel):
    """The versions of a model."""

    open_to_strangers = ("GET",)
    spends = {"POST": "write"}

    @operation(
        name="version_list",
        tag="History",
        purpose="List versions",
        answer=Answer(VersionShape, VERSION_EXAMPLE, is_list=True),
        places=MODEL,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """The newest first."""
        versions = visible_versions(self.repo(namespace, name), actor=self.actor)
        return self.listed(versions, VersionShape, keys=("-number",))

    @operation(
        name="version_create",
        tag="History",
        purpose="Register a version",
        details=(
            "Releases a revision of a model that is not reviewed. A reviewed one releases its versions when changes are "
            "merged, and answers with 400."
        ),
        sent=Sent(NewVersion, {"label": "1.2.0", "notes": "Better on short sentences."}),
        answer=Answer(VersionShape, VERSION_EXAMPLE, status=201, means="Released."),
        places=MODEL,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """Fixed to a revision for good."""
        repo = self.repo(namespace, name)
        body = self.read(NewVersion)
        made = release_unreviewed(
            repo,
            revision=get_revision(repo, body["revision"], actor=self.actor),
            label=body["label"],
            notes=body["notes"],
            actor=self.actor,
        )
        where = reverse("api:version", args=[namespace, name, made.number])
        return self.one(shown(VersionShape, made), status=201, location=where)


class Version(OfModel):
    """One version."""

    open_to_strangers = ("GET",)

    @operation(
        name="version_read",
        tag="History",
        purpose="Read a version",
        answer=Answer(VersionShape, VERSION_EXAMPLE),
        places=VERSION,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """What it is fixed to, and who approved it."""
        found = get_version(self.repo(namespace, name), number, actor=self.actor)
        return self.one(shown(VersionShape, found))
