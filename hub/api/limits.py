"""How often a caller may ask, and the headers that say what is left (draft-ietf-httpapi-ratelimit-headers)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hub.api.problems import problem_of, problem_response
from hub.core.actor import Actor
from hub.core.errors import TooManyRequests
from hub.core.rate_limits import Allowance, address_key, limit_named, spend

GetResponse = Callable[[HttpRequest], HttpResponse]
PREFIX = "/api/v1/"
SAFE = ("GET", "HEAD", "OPTIONS")
_SPENT = "_api_allowances"


def spend_for(request: HttpRequest, *names: str) -> None:
    """Count this request against the caller's general limit and the named ones. Raises ``TooManyRequests``."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:  # refused before anybody asked who it is
        return
    general = "api" if actor.is_person else "api-anonymous"
    key = str(actor.user_id) if actor.is_person else address_key(actor.address)
    spent: list[Allowance] = []
    setattr(request, _SPENT, spent)
    for name in (general, *names):
        limit = limit_named(name)
        try:
            spent.append(spend(limit, key))
        except TooManyRequests as refused:
            spent.append(Allowance(limit=limit, remaining=0, reset_after=refused.retry_after))
            raise


def rate_limits(get_response: GetResponse) -> GetResponse:
    """Say in every answer of the API what is left; count those too that no endpoint saw (no such address, bad token)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path_info.startswith(PREFIX):
            return response
        if not hasattr(request, _SPENT):
            try:
                spend_for(request)
            except TooManyRequests as refused:
                response = problem_response(problem_of(refused))
        _describe(response, getattr(request, _SPENT, []))
        return response

    return middleware


def _describe(response: HttpResponse, spent: list[Allowance]) -> None:
    counted = [each for each in spent if each.limit.count > 0]
    if not counted:
        return
    response.headers["RateLimit-Policy"] = ", ".join(
        f'"{each.limit.name}";q={each.limit.count};w={each.limit.seconds}' for each in counted
    )
    response.headers["RateLimit"] = ", ".join(
        f'"{each.limit.name}";r={each.remaining};t={each.reset_after}' for each in counted
    )
