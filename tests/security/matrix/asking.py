"""Asking the hub as somebody, seeing what was answered and what it changed, and leaving everything as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import RequestFactory
from django.test.client import ClientHandler

from governance.audit.models import AuditEvent
from hub.api.schema import schema
from tests.security.matrix.rules import Answer
from tests.security.routes import Route
from tests.services.answers import let_go

# What is written about whoever asks and not about what they ask for: when they came, and that they were refused.
RECORDS = re.compile(
    r'"(?:django_session|accounts_session\w*|accounts_token|hub_\w+|governance_(?:audit|unsealed|personal)\w*)"'
)
WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\"\w+\")")
VARYING = ("X-Request-Id", "RateLimit")
SIGN_IN = "/accounts/login/"
STATUSES = {
    401: Answer.SIGN_IN,
    403: Answer.REFUSED,
    404: Answer.HIDDEN,
    410: Answer.GONE,
}
# Whatever a form of a page could ask for: names that it does not know do not matter to it.
FORM = {
    "title": "Why?", "body": "So.", "reason": "So.", "kind": "approve", "role": "reader", "level": "releases",
    "name": "shadow", "stage": "staging", "alias": "newest", "version": "1", "days": "7", "path": "other.bin",
    "rule": "licence_present", "username": "the-re", "reviewer": "the-se", "purpose": "So.", "url": "https://ci.example.org/",
    "visibility": "public", "gating": "none", "to": "the-re", "answer": "accept", "display_name": "Somebody",
    "preset": "light", "note": "Why.", "message": "Add", "label": "9.9.9", "namespace": "savanna", "scope": "read",
    "responsible": "the-ow", "operations": "", "target": "alias",
}  # fmt: skip

# Where a word of it means something else.
FORMS: Mapping[str, Mapping[str, str]] = {
    "catalog:organization-stages": {"act": "add"},
    "catalog:name-rollback": {"kind": "alias", "name": "champion"},
    "catalog:name-remove": {"kind": "alias", "name": "champion"},
}
QUERIES = {"catalog:names": "?kind=alias&name=champion"}
UPLOADING = ("catalog:upload-files", "catalog:upload-file")
TUS_BODY = "application/offset+octet-stream"
TUS = {
    "Tus-Resumable": "1.0.0",
    "Upload-Offset": "0",
    "Upload-Length": "3",
    "Upload-Metadata": "filename bmV3LmNzdg==",
}
# What the examples of the API name, as it is called here.
KNOWN = {
    "version": 1,
    "change": 2,
    "path": "other.bin",
    "reviewer": "the-se",
    "use_instead": "savanna/public",
    "to": "field",
    "username": "the-re",
}

_hub = ClientHandler(enforce_csrf_checks=False)
_requests = RequestFactory()


@dataclass
class Said:
    """An answer, and what was written meanwhile."""

    status: int
    word: Answer | None  # what it means in the tables; ``None`` for all that is no refusal
    headers: Mapping[str, str]
    content: bytes
    changed: list[str] = field(default_factory=list)

    def same_as(self, other: Said, names: Mapping[str, str]) -> bool:
        """Whether two answers differ in nothing but the ``names`` that were asked for."""
        return (self.status, self._written(names)) == (other.status, other._written(names))

    def _written(self, names: Mapping[str, str]) -> str:
        text = "\n".join(f"{name}: {value}" for name, value in sorted(self.headers.items()))
        text += self.content.decode(errors="replace")
        for name, missing in names.items():
            text = text.replace(missing, name)
        return text


def ask(
    route: Route, method: str, places: Mapping[str, str], credentials: Mapping[str, str]
) -> Said:
    """Ask, with a body that is well-formed; nothing of it stays."""
    address = route.filled(**{name: places[name] for name in route.parameters if name in places})
    address += QUERIES.get(route.view_name, "") if method == "GET" else ""
    body, kind = body_of(route, method, places)
    headers = dict(credentials) | (TUS if kind == TUS_BODY else {})
    request = _requests.generic(method, address, body, kind, headers=headers)
    with transaction.atomic(), _watched() as changed:
        newest = _newest_event() if method != "GET" else 0
        answer: Any = _hub(request.environ)
        content = b"" if answer.streaming else answer.content
        events = _events_after(newest) if method != "GET" else []
        transaction.set_rollback(True)
    headers = {name: value for name, value in answer.headers.items() if name not in VARYING}
    let_go(answer)
    tables = [table for table in changed if not RECORDS.match(table)]
    return Said(answer.status_code, _word(answer), headers, content, tables + events)


def _word(answer: Any) -> Answer | None:
    if answer.status_code in (302, 303, 307) and SIGN_IN in answer.headers["Location"]:
        return Answer.SIGN_IN
    return STATUSES.get(answer.status_code)


def _newest_event() -> int:
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _events_after(newest: int) -> list[str]:
    """What is on record since then, but for attempts that were refused."""
    names = AuditEvent.objects.filter(pk__gt=newest).values_list("name", flat=True)
    return [name for name in names if name != "attempt:refused"]


@contextmanager
def _watched() -> Iterator[list[str]]:
    """The tables that are written to."""
    changed: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found:
            changed.append(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield changed


# --- what is sent -----------------------------------------------------------------------------------------------------
def body_of(route: Route, method: str, places: Mapping[str, str]) -> tuple[bytes, str]:
    """A body and its media type: of the API the example of its description, of a page everything that a form can hold."""
    template = route.template
    if method == "GET":
        return b"", "application/octet-stream"
    if route.view_name in UPLOADING:
        return b"abc" if method == "PATCH" else b"", TUS_BODY
    if not template.startswith("/api/"):
        form = FORM | dict(FORMS.get(route.view_name, {}))
        form = {name: value.format_map(places) for name, value in form.items()}
        return urlencode(form).encode(), "application/x-www-form-urlencoded"
    kind, example = _examples().get((template, method), ("application/json", {}))
    if kind != "application/json":
        return b"abc", kind
    known = KNOWN | {name: places[name] for name in ("commit",) if name in places}
    filled = example | {name: value for name, value in known.items() if name in example}
    if filled.get("kind") == "approve":
        filled["kind"] = "reject"  # which no scan stands against
    return json.dumps(filled).encode(), kind


@cache
def _examples() -> dict[tuple[str, str], tuple[str, dict[str, Any]]]:
    found = {}
    for template, methods in schema()["paths"].items():
        for method, operation in methods.items():
            for kind, media in operation.get("requestBody", {}).get("content", {}).items():
                first = next(iter(media.get("examples", {"": {"value": {}}}).values()))
                found[template, method.upper()] = kind, first["value"]
    return found
