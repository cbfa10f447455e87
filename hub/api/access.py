"""Who asks, and whether they are let in at all. Rights are asked for by actions and queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from hub.core.actor import Actor, Means
from hub.core.errors import Forbidden, SignInRequired
from hub.web.requests import HubRequest

if TYPE_CHECKING:  # it reads these classes from the settings while it is imported
    from rest_framework.views import APIView

SIGN_IN = "Sign in first: this needs an account. Programs send a token: Authorization: Bearer arb_…"
FORGED = "With a session cookie, send the header X-CSRFToken with the value of the CSRF cookie. Programs use a token instead."


def _nothing(request: HttpRequest) -> HttpResponse:
    """What Django's check never calls."""
    del request
    return HttpResponse()


class NotProven(Forbidden):
    """A request with a cookie that may have been forged by another site."""

    code = "csrf"


class HubAuthentication(BaseAuthentication):
    """Hands over the person that ``accounts.web.middleware.actor`` found; a cookie also needs the CSRF token."""

    def authenticate(self, request: Request) -> tuple[Any, None]:
        """The person or ``AnonymousUser``."""
        actor = actor_of(request)
        if actor.means is Means.SESSION:
            asked = request._request  # noqa: SLF001 - reading its form must not parse the body as JSON
            check = CSRFCheck(_nothing)
            check.process_request(asked)
            if check.process_view(asked, _nothing, (), {}) is not None:
                raise NotProven(FORGED)
        return (actor.user or AnonymousUser(), None)

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        del request
        return 'Bearer realm="hub"'


class Admitted(BasePermission):
    """Closed to strangers, but for the methods that the endpoint opens to them. Actions and queries ask for rights."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Raises ``SignInRequired``, the same whatever the address stands for."""
        opened = getattr(view, "open_to_strangers", ())
        asked = "GET" if request.method == "HEAD" else request.method
        if not actor_of(request).is_person and asked not in opened:
            raise SignInRequired(SIGN_IN)
        return True


class AnyAnswer(BaseContentNegotiation):
    """Answers in the one format there is, whatever the caller would prefer: for bytes."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The one there is."""
        return parsers[0] if parsers else None

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        """The one there is."""
        return renderers[0], renderers[0].media_type


def actor_of(request: Request) -> Actor:
    """Who asks."""
    return cast("HubRequest", request._request).actor  # noqa: SLF001 - where REST framework keeps it
