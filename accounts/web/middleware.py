"""Who asks: ``request.actor`` from the session's cookie or from a token."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from accounts.tokens.actions import actor_for_secret
from accounts.tokens.secret import PREFIX
from accounts.users.models import User
from accounts.web.client_address import client_address
from accounts.web.credentials import Credentials, read_credentials
from hub.core.actor import Actor, Means
from hub.core.errors import Forbidden, SignInRequired, TooManyRequests
from hub.core.rate_limits import address_key, limit_named, spend
from hub.web.errors import refusal_response
from hub.web.middleware import GetResponse
from hub.web.requests import HubRequest

BROWSER_ONLY = ("/accounts/", "/settings/")
NOT_VALID = (
    "This token is not valid: it may have expired or been revoked, or belong to another hub. "
    "Make a new one under Settings, Access tokens; with git and curl it takes the place of the password."
)


def actor(get_response: GetResponse) -> GetResponse:
    """Set ``request.actor``. Runs after ``AuthenticationMiddleware``.

    ``LoginRequiredMiddleware`` and the CSRF check look at the request later, when the view is known, and so see the
    person whom a token stands for.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        asking = cast("HubRequest", request)
        credentials = read_credentials(request.headers.get("Authorization", ""))
        if credentials is None or _is_for_somebody_else(asking, credentials):
            asking.actor = _actor_of_session(asking)
            return get_response(asking)
        return _answer_to_token(asking, credentials, get_response)

    return middleware


def _is_for_somebody_else(request: HubRequest, credentials: Credentials) -> bool:
    """Whether the address has short-lived credentials of its own, which its view checks."""
    is_ours = credentials.secret.startswith(PREFIX)
    return not is_ours and request.path_info.startswith(settings.PATHS_WITH_OTHER_CREDENTIALS)


def _actor_of_session(request: HubRequest) -> Actor:
    user, address = get_user(request), client_address(request)
    request.user = user
    if isinstance(user, User):
        return Actor(user=user, means=Means.SESSION, address=address)
    return Actor(address=address)


def _answer_to_token(
    request: HubRequest, credentials: Credentials, get_response: GetResponse
) -> HttpResponse:
    found = actor_for_secret(credentials.secret, address=client_address(request))
    if found is None or found.user is None:
        request.actor = Actor(address=client_address(request))
        try:
            spend(limit_named("failed-token"), address_key(request.actor.address))
        except TooManyRequests as guessing:
            return refusal_response(request, guessing)
        response = refusal_response(request, SignInRequired(NOT_VALID))
        response.headers["WWW-Authenticate"] = f'{credentials.scheme} realm="hub"'
        return response
    request.actor = found
    if request.path_info.startswith(BROWSER_ONLY):
        refused = Forbidden(
            "A token may not manage an account. Sign in to the hub in a browser instead."
        )
        return refusal_response(request, refused)
    # From here on the cookie counts for nothing: not for who asks, and so not for forged requests either. Browsers
    # do not send this header across sites by themselves.
    request.user = found.user
    request._cached_user = found.user  # type: ignore[attr-defined]  # noqa: SLF001 - Django looks here first
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own switch
    response = get_response(request)
    patch_vary_headers(response, ["Authorization"])
    return response
