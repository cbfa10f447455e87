"""What goes wrong inside an endpoint becomes a problem; bugs stay bugs and become a 500 outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.http.request import UnreadablePostError
from rest_framework import exceptions

from hub.api.moving import new_address
from hub.api.problems import Problem, problem_of, problem_response
from hub.core.errors import DomainError, Moved, NotFound, SignInRequired, TooLarge

WHOLE = "non_field_errors"
UNREAD = "The request could not be read. Send it again as documented."


def answer_problem(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """REST framework calls this for everything that an endpoint raises; ``None`` lets it through as a bug."""
    problem = _problem(error)
    if isinstance(error, Moved) and problem is not None:
        moved_to = {"Location": new_address(context["request"], error)}
        problem = replace(problem, headers={**problem.headers, **moved_to})
    return None if problem is None else problem_response(problem)


def _problem(error: Exception) -> Problem | None:
    if isinstance(error, DomainError):
        return problem_of(error)
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if isinstance(error, Http404):
        return problem_of(NotFound())
    if isinstance(error, RequestDataTooBig):
        return problem_of(TooLarge("The body is larger than this hub reads in one piece."))
    if isinstance(error, BadRequest | SuspiciousOperation | UnreadablePostError):
        return Problem(400, "malformed", UNREAD)
    return None


def _of_framework(error: exceptions.APIException) -> Problem:
    match error:
        case exceptions.ValidationError():
            return _of_fields(error)
        case exceptions.MethodNotAllowed():
            return Problem(405, "method_not_allowed", str(error.detail))
        case exceptions.NotAcceptable():
            return Problem(406, "not_acceptable", "This address answers as application/json.")
        case exceptions.UnsupportedMediaType():
            return Problem(415, "unsupported_media_type", str(error.detail))
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return problem_of(SignInRequired(str(error.detail)))
    return Problem(error.status_code, "malformed", str(error.detail))


def _of_fields(error: exceptions.ValidationError) -> Problem:
    said = list(_flat(error.detail, ""))
    if len(said) == 1:
        name, sentence = said[0]
        detail = f"“{name}”: {sentence}" if name else sentence
    else:
        named = ", ".join(f"“{name}”" for name, _ in said[:5] if name)
        detail = f"Some fields cannot be taken: {named}." if named else UNREAD
    return Problem(400, "invalid", detail, errors=[(name, text) for name, text in said if name])


def _flat(detail: Any, where: str) -> Iterator[tuple[str, str]]:
    """(path with dots, sentence) of each fault, at most one per field."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            step = "" if name == WHOLE else str(name)
            yield from _flat(inner, ".".join(part for part in (where, step) if part))
    elif isinstance(detail, list) and any(isinstance(each, Mapping | list) for each in detail):
        for index, inner in enumerate(detail):
            yield from _flat(inner, f"{where}.{index}" if where else str(index))
    elif isinstance(detail, list):
        yield from ((where, str(each)) for each in detail[:1])
    else:
        yield where, str(detail)
