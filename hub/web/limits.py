"""How often pages and their forms may be asked for. The API counts for itself, with headers that programs read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from hub.core.actor import Actor
from hub.core.errors import TooManyRequests
from hub.core.rate_limits import address_key, limit_named, spend
from hub.web.errors import refusal_response

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")

# Route → name of the limit; whatever else changes something counts as "write".
FORMS_BY_ADDRESS: Mapping[str, str] = {
    "account_login": "sign-in",
    "account_signup": "sign-up",
    "account_reset_password": "password-reset",
    "account_reset_password_from_key": "password-reset",
}
FORMS: Mapping[str, str] = {
    "accounts:token-new": "mint-token",
    "accounts:organization-new": "make",
    "accounts:invite": "make",
    "catalog:new": "make",
    "catalog:upload": "upload",
    "catalog:upload-begin": "upload",
    "governance:discussion-new": "comment",
    "governance:discussion-comment": "comment",
    "governance:change-decide": "comment",
}
UNCOUNTED = (  # a file is many requests, and what it may cost is bounded by its size
    "catalog:upload-files",
    "catalog:upload-file",
)
SEARCHES = ("catalog:model-list", "catalog:search", "catalog:task", "catalog:home")
COUNTS_FOR_ITSELF = ("/api/", "/report/csp")


class page_limits:  # noqa: N801 - settings name it beside the function middlewares
    """Count requests by the route they take. Stands behind ``accounts.web.middleware.actor`` and the CSRF check."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Django calls this when the route is known."""
        del view, args, kwargs
        route = request.resolver_match.view_name if request.resolver_match else ""
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None or request.path_info.startswith(COUNTS_FOR_ITSELF):
            return None
        name = _limit_for(request, route, actor)
        if name is None:
            return None
        is_by_address = name in FORMS_BY_ADDRESS.values() or not actor.is_person
        key = address_key(actor.address) if is_by_address else str(actor.user_id)
        try:
            spend(limit_named(name), key)
        except TooManyRequests as refused:
            return refusal_response(request, refused)
        return None


def _limit_for(request: HttpRequest, route: str, actor: Actor) -> str | None:
    if request.method in SAFE:
        return "search" if route in SEARCHES and not actor.is_person else None
    if route in UNCOUNTED:
        return None
    return FORMS_BY_ADDRESS.get(route) or FORMS.get(route) or "write"
