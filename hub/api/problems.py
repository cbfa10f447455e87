"""Refusals as ``application/problem+json`` (RFC 9457): one shape for every answer to a program that is not a success."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from hub.core.errors import DomainError, SignInRequired

MEDIA_TYPE = "application/problem+json"
REFERENCE = "/api/v1/docs/problems"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the status it comes with, its title, and what somebody who meets it should do."""

    status: int
    title: str
    advice: str


KINDS: Mapping[str, Kind] = {
    "moved": Kind(
        308,
        "The model has another name now",
        "Ask where Location says, with the same method and body; most clients do so by themselves.",
    ),
    "invalid": Kind(
        400,
        "The request cannot be carried out as it is",
        "Mend the named fields and send it again.",
    ),
    "malformed": Kind(
        400, "The body could not be read", "Send one JSON object, UTF-8, as documented."
    ),
    "refused": Kind(400, "The request was refused", "The detail says why."),
    "sign_in_required": Kind(
        401,
        "Sign in first",
        "Send a token: Authorization: Bearer arb_… You make one under Settings, Access tokens.",
    ),
    "forbidden": Kind(
        403, "You may not do this", "Ask somebody with the named right, or use another token."
    ),
    "csrf": Kind(
        403,
        "This request did not prove where it comes from",
        "With a session cookie send X-CSRFToken; programs use a token instead.",
    ),
    "gated": Kind(403, "The model has terms to accept", "Read and accept them first."),
    "blocked": Kind(403, "The file is blocked", "Scanning found it dangerous. Read its report."),
    "gate_shut": Kind(
        403,
        "Rules are not met yet",
        "“reasons” has a sentence for each rule that keeps the gate shut.",
    ),
    "not_found": Kind(
        404, "Nothing here", "It does not exist, or you may not know of it: one answer for both."
    ),
    "method_not_allowed": Kind(
        405, "The address does not take this method", "The header Allow has those that it takes."
    ),
    "not_acceptable": Kind(
        406, "Nothing in a format you accept", "Accept application/json, or leave the header out."
    ),
    "conflict": Kind(
        409,
        "Somebody was faster, or the name is taken",
        "Read the present state, then decide again.",
    ),
    "still_needed": Kind(
        409,
        "Somebody relies on it",
        "“reasons” says who. Move them first, or say that you know where the operation takes it.",
    ),
    "in_progress": Kind(
        409, "The first request with this key is still running", "Wait a little and send it again."
    ),
    "shown_once": Kind(
        409,
        "This was made already, and its secret is shown once",
        "Revoke it and make another one with a new key.",
    ),
    "gone": Kind(
        410, "Withdrawn", "The detail says by whom, when and why, and what to use instead."
    ),
    "length_required": Kind(411, "The length is missing", "Send Content-Length."),
    "precondition_failed": Kind(
        412,
        "It changed since you read it",
        "Read it again, then send your change with the new ETag.",
    ),
    "too_large": Kind(413, "Too large", "The detail names the limit."),
    "unsupported_media_type": Kind(
        415,
        "The body has another media type",
        "Send application/json unless the operation says otherwise.",
    ),
    "key_reused": Kind(
        422,
        "The Idempotency-Key belongs to another request",
        "Use a new key for each new request, and the old one only to repeat.",
    ),
    "locked": Kind(
        423,
        "Held back for now",
        "Scanning has not cleared the file. Retry-After says when to try again.",
    ),
    "too_many_requests": Kind(
        429,
        "Too many requests",
        "Wait as long as Retry-After says. The header RateLimit shows what is left.",
    ),
    "error": Kind(
        500, "The hub made a mistake", "Nothing was half done. Tell the operator the X-Request-Id."
    ),
    "unavailable": Kind(503, "The hub cannot answer just now", "Try again in a minute."),
    "storage_full": Kind(
        507, "The disk is full", "The people who run the hub have to make room first."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer. ``errors`` are (field, sentence) pairs, ``extra`` further members that programs can use."""

    status: int
    code: str
    detail: str
    errors: Sequence[tuple[str, str]] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The members of the JSON object."""
        known = KINDS.get(self.code)
        members: dict[str, Any] = {
            "type": f"{settings.PUBLIC_URL}{REFERENCE}#{self.code}" if known else "about:blank",
            "title": known.title if known else "Refused",
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.errors:
            members["errors"] = [{"field": name, "detail": said} for name, said in self.errors]
        return members | {name: value for name, value in self.extra.items() if name not in members}


def problem_of(error: DomainError) -> Problem:
    """What a refusal of an action or query is to a program."""
    headers: dict[str, str] = {}
    retry_after = error.extra.get("retry_after")
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    if error.status == SignInRequired.status:
        headers["WWW-Authenticate"] = 'Bearer realm="hub"'
    errors = [(error.field, str(error.message))] if error.field else []
    return Problem(
        error.status,
        error.code,
        str(error.message),
        errors=errors,
        extra=error.extra,
        headers=headers,
    )


def problem_response(problem: Problem) -> HttpResponse:
    """The answer; never to be kept by a cache."""
    body = json.dumps(
        problem.body(), ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder
    )
    response = HttpResponse(body, status=problem.status, content_type=MEDIA_TYPE)
    for name, value in problem.headers.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    return response
