"""Request ids and refusals, for every face."""

from __future__ import annotations

import codecs
import secrets
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from hub.core.errors import DomainError, Invalid, NotFound
from hub.web.errors import method_refused, refusal_response

GetResponse = Callable[[HttpRequest], HttpResponse]
NO_SUCH_METHOD = 405


def request_id(get_response: GetResponse) -> GetResponse:
    """Give each request an id; it travels in a header and in the log, never in a body (bodies must not differ)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        structlog.contextvars.clear_contextvars()
        identifier = secrets.token_hex(8)
        structlog.contextvars.bind_contextvars(request_id=identifier)
        response = get_response(request)
        response.headers["X-Request-Id"] = identifier
        return response

    return middleware


class refusals:  # noqa: N801 - settings name it beside the function middlewares
    """Turn a ``DomainError`` that a view let through into the answer its face owes the caller."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless no view could read it.

        No name has a NUL, and PostgreSQL refuses to be asked for one. Forms are UTF-8; Python knows “encodings” that
        are no text, at which Django would stumble.
        """
        if "\0" in request.path:
            return refusal_response(request, NotFound())
        if request.encoding is not None and codecs.lookup(request.encoding).name != "utf-8":
            return refusal_response(request, Invalid("Send the form as UTF-8."))
        response = self.get_response(request)
        if (
            response.status_code == NO_SUCH_METHOD
            and not response.streaming
            and not response.content
        ):
            return method_refused(request, response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls this when a view raises."""
        if isinstance(exception, DomainError):
            return refusal_response(request, exception)
        return None
