"""The OpenAPI document: made once per process from the routes and from what each endpoint says of itself."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiYamlRenderer

from hub.api.problems import MEDIA_TYPE

Document = dict[str, Any]

TAGS = {
    "Hub": "Where to begin, and the words that models are described with.",
    "Models": "Finding, adding, changing and withdrawing models.",
    "Files": "Folders, facts of files, and their bytes.",
    "History": "Branches, commits and versions.",
    "Uploads": "Sending files, in one piece or in blocks, and committing them.",
    "Changes": "Discussions, and changes that propose to move `main`.",
    "Reviews": "Checks, decisions, waivers and queues.",
    "Scans": "What scanning found.",
    "Policies": "What organisations require.",
    "Audit": "The record of everything that happened.",
    "Organisations": "Organisations, their members and invitations.",
    "Account": "Who you are, and your tokens.",
}


class TokenOrCookie(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How callers prove who they are."""

    target_class = "hub.api.views.HubAuthentication"
    name = ["token", "session"]  # noqa: RUF012 - drf-spectacular's

    def get_security_definition(self, auto_schema: Any) -> list[Document]:
        """drf-spectacular asks for it."""
        del auto_schema
        return [
            {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "arb_…",
                "description": "A token from Settings, Access tokens. Basic works too, with the token as password.",
            },
            {
                "type": "apiKey",
                "in": "cookie",
                "name": "session",
                "description": "What a browser has after signing in; changes also need the header X-CSRFToken.",
            },
        ]


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
        text: bytes = OpenApiYamlRenderer().render(schema(), renderer_context={})
        return text
    return json.dumps(schema(), ensure_ascii=False, separators=(",", ":"), default=str).encode()


def finish(result: Document, generator: Any, request: Any, public: bool) -> Document:  # noqa: FBT001 - drf-spectacular's hook
    """Say under each tag what it holds, in the order of the page, and each kind of refusal once."""
    del generator, request, public
    result["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    shared = result["components"].setdefault("responses", {})
    for methods in result["paths"].values():
        for said in methods.values():
            for status, answer in said["responses"].items():
                if MEDIA_TYPE in answer.get("content", {}):
                    shared[f"Problem{status}"] = answer
                    said["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
    return result
