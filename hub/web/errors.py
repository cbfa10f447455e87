"""Refusals and failures as answers: a page for people, JSON for programs."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse

from hub.core.errors import DomainError, Locked, NotFound, SignInRequired, TooManyRequests
from hub.ui.errors import render_error

TITLES = {
    400: "That cannot be done",
    401: "Sign in first",
    403: "You may not do this",
    404: "Nothing here",
    409: "Somebody was faster",
    410: "Withdrawn",
    413: "Too large",
    423: "Not available yet",
    429: "Too many requests",
    500: "The hub made a mistake",
    503: "The hub cannot answer just now",
    507: "The disk is full",
}


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a program: it says so, or it came with a token."""
    if "application/json" in request.headers.get("Accept", ""):
        return True
    return request.path.startswith("/api/") or "Authorization" in request.headers


def refusal_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The answer to a refused request, in the caller's format."""
    response: HttpResponse
    if wants_json(request):
        body = {"error": error.message, "code": error.code}
        response = JsonResponse(body, status=error.status)
        if error.status == SignInRequired.status:
            response.headers["WWW-Authenticate"] = 'Bearer realm="hub"'
    elif isinstance(error, SignInRequired):
        return redirect_to_login(request.get_full_path())
    else:
        response = render_error(
            request, error.status, title=TITLES[error.status], detail=error.message
        )
    if isinstance(error, Locked | TooManyRequests) and error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same to the byte whether the thing is missing or hidden."""
    del exception
    return refusal_response(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for what Django itself refuses to read."""
    del exception
    return render_error(
        request,
        400,
        title=TITLES[400],
        detail="The request could not be read. Go back, reload the page and try again.",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 raised by Django itself."""
    del exception
    return render_error(request, 403, title=TITLES[403], detail="You may not do this.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from one of our pages, or came from an old one."""
    del reason
    return render_error(
        request,
        403,
        title="This form is too old",
        detail="For your safety a form works only from a page that this browser has just opened, with cookies on. "
        "Go back, reload the page and send it again.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: needs neither session nor database."""
    return render_error(
        request,
        500,
        title=TITLES[500],
        detail="Nothing was half done: the change was taken back as a whole. The operator can find the cause in the "
        "log under the request id in the response’s headers.",
    )
