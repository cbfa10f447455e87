"""Every operation of the catalogue for every kind of caller."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest

from hub.api.schema import schema
from models_catalog.api.urls import urlpatterns
from tests.factories.api import Program
from tests.hub.api.world import make_hidden, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.data]

MODEL = "/models/savanna/minilm"


class Row(NamedTuple):
    """One request, and what nobody, a stranger, a reader, a writer and the owner are answered."""

    method: str
    path: str
    body: Any
    statuses: list[int]


OPERATION = {"do": "add", "path": "new.txt", "text": "new"}
PROPOSAL = {"title": "More", "operations": [OPERATION | {"text": "other"}]}
ANYBODY = [200] * 5
TABLE = [
    Row("GET", "/tasks", None, ANYBODY),
    Row("GET", "/licences", None, ANYBODY),
    Row("GET", "/languages", None, ANYBODY),
    Row("GET", "/libraries", None, ANYBODY),
    Row("GET", "/id/{public_id}", None, [307] * 5),
    Row("GET", "/acc/{accession}", None, [307] * 5),
    Row("GET", "/models", None, ANYBODY),
    Row("POST", "/models", {"namespace": "savanna", "name": "new"}, [401, 403, 403, 201, 409]),
    Row("GET", MODEL, None, ANYBODY),
    Row("GET", f"{MODEL}/settings", None, [401, 403, 403, 403, 200]),
    Row("PATCH", f"{MODEL}/settings", {"visibility": "internal"}, [401, 403, 403, 403, 200]),
    Row("PATCH", f"{MODEL}/settings", {"visibility": "public"}, [401, 403, 403, 403, 200]),
    Row("GET", f"{MODEL}/access", None, ANYBODY),
    Row("GET", f"{MODEL}/access/wanda", None, [401, 403, 403, 403, 200]),
    Row("GET", f"{MODEL}/grants", None, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/grants", {"to": "stan", "role": "reader"}, [401, 403, 403, 403, 201]),
    Row("GET", f"{MODEL}/grants/{{grant_id}}", None, [401, 403, 403, 403, 200]),
    Row("PATCH", f"{MODEL}/grants/{{grant_id}}", {"role": "reviewer"}, [401, 403, 403, 403, 200]),
    Row("DELETE", f"{MODEL}/grants/{{grant_id}}", None, [401, 403, 403, 403, 204]),
    Row("GET", f"{MODEL}/terms", None, ANYBODY),
    Row("POST", f"{MODEL}/terms", {"sha256": "0" * 64}, [401, 409, 409, 409, 409]),
    Row("GET", f"{MODEL}/card/main", None, ANYBODY),
    Row("GET", f"{MODEL}/tree/main", None, ANYBODY),
    Row("GET", f"{MODEL}/info/main/README.md", None, ANYBODY),
    Row("GET", f"{MODEL}/files/main/README.md", None, [401, 403, 403, 200, 200]),
    Row("GET", f"{MODEL}/archive/main", None, [401, 403, 403, 200, 200]),
    Row("GET", f"{MODEL}/sums/main", None, [401, 403, 403, 200, 200]),
    Row("GET", f"{MODEL}/refs", None, ANYBODY),
    Row("POST", f"{MODEL}/commits", {"operations": [OPERATION]}, [401, 403, 403, 201, 400]),
    Row("GET", f"{MODEL}/commits/main", None, ANYBODY),
    Row("GET", f"{MODEL}/commit/main", None, ANYBODY),
    Row("GET", f"{MODEL}/versions", None, ANYBODY),
    Row("POST", f"{MODEL}/versions", {"label": "9.0"}, [401, 403, 403, 201, 409]),
    Row("GET", f"{MODEL}/versions/1", None, ANYBODY),
    Row("GET", f"{MODEL}/versions/1/stage", None, ANYBODY),
    Row("PUT", f"{MODEL}/versions/1/stage", {"stage": "candidate"}, [401, 403, 403, 403, 200]),
    Row("GET", f"{MODEL}/stages", None, ANYBODY),
    Row("GET", f"{MODEL}/stages/{{stage}}", None, ANYBODY),
    Row("GET", f"{MODEL}/stages/{{stage}}/history", None, ANYBODY),
    Row("POST", f"{MODEL}/stages/{{stage}}/rollback", {}, [401, 403, 403, 403, 400]),
    Row("GET", f"{MODEL}/aliases", None, ANYBODY),
    Row("GET", f"{MODEL}/aliases/{{alias}}", None, ANYBODY),
    Row("GET", f"{MODEL}/aliases/{{alias}}/history", None, ANYBODY),
    Row("PUT", f"{MODEL}/aliases/{{alias}}", {"version": 2}, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/aliases/{{alias}}/rollback", {}, [401, 403, 403, 403, 200]),
    Row("DELETE", f"{MODEL}/aliases/{{alias}}", None, [401, 403, 403, 403, 204]),
    Row("GET", "/orgs/{org}/stages", None, ANYBODY),
    Row("POST", "/orgs/{org}/stages", {"name": "shadow"}, [401, 403, 403, 403, 201]),
    Row("PUT", "/orgs/{org}/stages", {"order": ["a"]}, [401, 403, 403, 403, 400]),
    Row("PATCH", "/orgs/{org}/stages/{stage}", {"title": "Tried"}, [401, 403, 403, 403, 200]),
    Row("DELETE", "/orgs/{org}/stages/{stage}", None, [401, 403, 403, 403, 409]),
    Row("GET", "/orgs/{org}/protected-aliases", None, ANYBODY),
    Row("PUT", "/orgs/{org}/protected-aliases/{alias}", None, [401, 403, 403, 403, 200]),
    Row("DELETE", "/orgs/{org}/protected-aliases/{alias}", None, [401, 403, 403, 403, 204]),
    Row("GET", f"{MODEL}/uploads", None, [401, 403, 403, 200, 200]),
    Row("POST", f"{MODEL}/uploads", {}, [401, 403, 403, 201, 201]),
    Row("GET", f"{MODEL}/uploads/{{upload_id}}", None, [401, 404, 404, 404, 200]),
    Row("GET", f"{MODEL}/uploads/{{upload_id}}/files", None, [401, 404, 404, 404, 200]),
    Row(
        "PUT", f"{MODEL}/uploads/{{upload_id}}/files/README.md", b"# A\n", [401, 404, 404, 404, 201]
    ),
    Row("POST", f"{MODEL}/uploads/{{upload_id}}/commit", {}, [401, 404, 404, 404, 200]),
    Row(
        "DELETE", f"{MODEL}/uploads/{{upload_id}}/files/README.md", None, [401, 404, 404, 404, 409]
    ),
    Row("DELETE", f"{MODEL}/uploads/{{upload_id}}", None, [401, 404, 404, 404, 409]),
    Row("GET", f"{MODEL}/discussions", None, ANYBODY),
    Row(
        "POST", f"{MODEL}/discussions", {"title": "Why?", "body": "So."}, [401, 201, 201, 201, 201]
    ),
    Row("GET", f"{MODEL}/discussions/1", None, ANYBODY),
    Row("GET", f"{MODEL}/discussions/1/comments", None, ANYBODY),
    Row("POST", f"{MODEL}/discussions/1/comments", {"body": "So."}, [401, 201, 201, 201, 201]),
    Row("POST", f"{MODEL}/discussions/1/close", {}, [401, 403, 200, 403, 409]),
    Row("POST", f"{MODEL}/discussions/1/reopen", {}, [401, 403, 200, 403, 409]),
    Row("POST", f"{MODEL}/changes", PROPOSAL, [401, 403, 403, 201, 201]),
    Row("GET", f"{MODEL}/changes/2", None, ANYBODY),
    Row("GET", f"{MODEL}/changes/2/files", None, ANYBODY),
    Row(
        "POST", f"{MODEL}/changes/2/commits", {"operations": [OPERATION]}, [401, 403, 403, 201, 400]
    ),
    Row("POST", f"{MODEL}/changes/2/update", {}, [401, 403, 403, 200, 409]),
    Row("POST", f"{MODEL}/changes/2/merge", {}, [401, 403, 403, 403, 403]),
    Row("POST", f"{MODEL}/changes/2/close", {}, [401, 403, 403, 200, 409]),
    Row("POST", f"{MODEL}/rename", {"name": "minilm"}, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/transfer", {"namespace": "savanna"}, [401, 403, 403, 403, 409]),
    Row("POST", f"{MODEL}/archive", None, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/unarchive", None, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/deprecate", {"reason": "Old."}, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/undeprecate", None, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/versions/1/yank", {"reason": "Old."}, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/versions/1/unyank", {"reason": "New."}, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/versions/1/withdraw", {"reason": "Old."}, [401, 403, 403, 403, 200]),
    Row("GET", "/recalls", None, [401, 403, 403, 403, 403]),
    Row("POST", "/recalls", {"sha256": "0" * 64, "reason": "Bad."}, [401, 403, 403, 403, 403]),
    Row("GET", "/recalls/{digest}", None, [401, 403, 403, 403, 403]),
    Row("POST", "/recalls/{digest}/end", {"reason": "Good."}, [401, 403, 403, 403, 403]),
    Row("POST", f"{MODEL}/withdraw", {"reason": "Old."}, [401, 403, 403, 403, 200]),
    Row("POST", f"{MODEL}/delete", {"reason": "Old."}, [401, 403, 403, 403, 200]),
    Row("GET", "/namespaces/{namespace}/deleted", None, [401, 403, 403, 403, 200]),
    Row("POST", "/id/{public_id}/purge", {"reason": "Old."}, [401, 403, 403, 403, 403]),
    Row("POST", "/id/{public_id}/restore", None, [401, 403, 403, 403, 200]),
]


def test_each_caller_is_answered_as_the_table_says():
    world = make_world()
    callers = [
        Program(who) for who in (None, world.stranger, world.reader, world.writer, world.owner)
    ]

    answers = [[_ask(caller, row, world.known) for caller in callers] for row in TABLE]

    both = zip(TABLE, answers, strict=True)
    assert [(row.method, row.path, got) for row, got in both if got != row.statuses] == []


def _ask(caller, row, known):
    answer = caller(row.method, row.path.format(**known), row.body)
    if answer.streaming:
        list(answer.streaming_content)  # read to its end, as a caller would: that closes the file
    return answer.status_code


def test_every_operation_has_its_row():
    rows = {(method, _route(path)) for method, path, _, _ in TABLE}
    ours = {_route(_as_template(str(each.pattern))) for each in urlpatterns}
    described = {
        (method.upper(), _route(path.removeprefix("/api/v1")))
        for path, methods in schema()["paths"].items()
        for method in methods
        if _route(path.removeprefix("/api/v1")) in ours
    }

    assert rows == described


def _as_template(route):
    return "/" + re.sub(r"<[a-z]+:([a-z_]+)>", r"{\1}", route)


def _route(path):
    """A path with its parts named alike, however they are filled in."""
    filled = {
        "savanna": "{namespace}",
        "minilm": "{name}",
        "README.md": "{path}",
        "main": "{revision}",
        "wanda": "{username}",
    }
    parts = [filled.get(part, part) for part in path.strip("/").split("/")]
    return "/".join("{number}" if part.isdigit() else part for part in parts)


def test_a_hidden_model_answers_like_a_missing_one_at_every_door():
    world = make_world()
    make_hidden(world)
    known = world.known
    differing = []

    for who in (None, world.stranger, world.writer):
        caller = Program(who)
        for method, path, body, _ in TABLE:
            if path.startswith(MODEL):
                there = path.format(**known)
                hidden = caller(method, there.replace(MODEL, "/models/ada/hidden"), body)
                missing = caller(method, there.replace(MODEL, "/models/ada/hiddem"), body)
                if _seen(hidden) != _seen(missing) or hidden.status_code not in (401, 404):
                    differing.append((str(who), method, there, hidden.status_code))

    assert differing == []


def _seen(answer):
    varying = ("X-Request-Id", "RateLimit")
    headers = {name: value for name, value in answer.headers.items() if name not in varying}
    return answer.status_code, answer.content, headers
