"""The doors beside the endpoints: where to begin, the OpenAPI document, and the answer for addresses that do not exist."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import Answer, operation
from hub.api.schema import schema_text
from hub.api.views import ApiView
from hub.core.errors import NotFound

TYPES = {
    "json": "application/vnd.oai.openapi+json; version=3.1",
    "yaml": "application/vnd.oai.openapi; version=3.1",
}


@login_not_required
@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1 as JSON, or as YAML for those who ask by ``?format=yaml`` or ``Accept``."""
    kind = request.GET.get("format") or ("yaml" if _asks_for_yaml(request) else "json")
    if kind not in TYPES:
        raise NotFound
    text = schema_text(kind)
    etag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(text, content_type=TYPES[kind])
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _asks_for_yaml(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return "yaml" in accept or ("vnd.oai.openapi" in accept and "json" not in accept)


@csrf_exempt
@login_not_required
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever the method: there is nothing here, and no form of anybody's to protect."""
    del request, rest
    raise NotFound


class BeginningShape(serializers.Serializer):  # type: ignore[type-arg]
    """Where to begin."""

    name = serializers.CharField(help_text="What this hub is called.")
    version = serializers.CharField(help_text="The hub's version.")
    schema = serializers.URLField(help_text="This API as OpenAPI 3.1.")
    docs = serializers.URLField(help_text="This API for people.")
    signed_in_as = serializers.CharField(
        allow_null=True, help_text="Whom your token or cookie stands for."
    )


class Beginning(ApiView):
    """``/api/v1/``."""

    open_to_strangers = ("GET",)

    @operation(
        name="beginning_read",
        tag="Hub",
        purpose="Look where to begin",
        answer=Answer(
            BeginningShape,
            {
                "name": "Arboretum",
                "version": "0.1.0",
                "schema": "http://localhost:8000/api/v1/schema/",
                "docs": "http://localhost:8000/api/v1/docs",
                "signed_in_as": "ada",
            },
        ),
        is_open=True,
    )
    def get(self, request: Request) -> Response:
        """The hub, the addresses of this API's documents, and who asks."""
        user = self.actor.user
        return Response(
            {
                "name": settings.HUB_NAME,
                "version": settings.HUB_VERSION,
                "schema": request.build_absolute_uri(reverse("api:schema")),
                "docs": request.build_absolute_uri(reverse("api:docs")),
                "signed_in_as": user.username if user else None,
            }
        )
