"""The OpenAPI document: made once per process from the routes and from what each endpoint says of itself."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiYamlRenderer

from hub.api.problems import MEDIA_TYPE

Document = dict[str, Any]

TAGS = {
    "Hub": "Where to begin, and the words that models are described with.",
    "Models": "Finding, adding, changing and withdrawing models.",
    "Lifecycle": "Renaming, moving, archiving, deprecating, deleting and restoring models.",
    "Recalls": "Versions taken back, and files recalled by their digest.",
    "Files": "Folders, facts of files, and their bytes.",
    "History": "Branches, commits and versions.",
    "Stages": "Where versions stand, now and at any moment.",
    "Aliases": "What versions are called, now and at any moment.",
    "Uploads": "Sending files, in one piece or in blocks, and committing them.",
    "Access": "Roles on one model, and what somebody may do with it and why.",
    "Changes": "Discussions, and changes that propose to move `main`.",
    "Reviews": "Decisions, waivers of files, and queues.",
    "Requests": "Asking to promote, certify or withdraw versions, and naming reviewers.",
    "Checks": "Reports of programs outside of the hub, and waivers of rules.",
    "Scans": "What scanning found.",
    "Policies": "What organisations require.",
    "Policy drafts": "Changes of policies, from being written to being in force.",
    "Notifications": "What you are told of, and how.",
    "Webhooks": "Programs that are told of events.",
    "Audit": "The record of everything that happened.",
    "Organisations": "Organisations, their members, invitations and outside collaborators.",
    "Teams": "Members of an organisation who are given models together.",
    "Service accounts": "Programs that an organisation answers for, and their tokens.",
    "Account": "Who you are, and your tokens.",
    "Administration": "For those who run the hub.",
}


def proofs() -> Document:
    """How callers say who they are."""
    return {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "arb_…",
            "description": "A token from Settings, Access tokens. Basic works too, with the token as password.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "What a browser has after signing in; changes also need the header X-CSRFToken.",
        },
    }


class Described(AutoSchema):
    """Only what ``operation`` says: nothing is guessed from views."""

    def get_operation_id(self) -> str:
        """The operation's name, the same however often a route is mounted."""
        return str(super().get_operation_id())

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Pages of lists are objects of their own."""
        del serializer
        return False


@cache
def schema() -> Document:
    """The document as plain data."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    found: Document = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return found


@cache
def schema_text(kind: str) -> bytes:
    """The document as ``json`` or ``yaml``."""
    if kind == "yaml":
        text: bytes = OpenApiYamlRenderer().render(schema(), renderer_context={})  # type: ignore[no-untyped-call]
        return text
    return json.dumps(schema(), ensure_ascii=False, separators=(",", ":"), default=str).encode()


def finish(result: Document, generator: Any, request: Any, public: bool) -> Document:  # noqa: FBT001 - drf-spectacular's hook
    """Say under each tag what it holds, in the order of the page, and each kind of refusal once."""
    del generator, request, public
    result["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    result["components"]["securitySchemes"] = proofs()
    shared = result["components"].setdefault("responses", {})
    for methods in result["paths"].values():
        for said in methods.values():
            for status, answer in said["responses"].items():
                if MEDIA_TYPE in answer.get("content", {}):
                    shared[f"Problem{status}"] = answer
                    said["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
    return result
