"""Refusals and failures as answers: a page for people, JSON for programs."""

from __future__ import annotations

import sys

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.api.moving import new_address
from hub.api.problems import MEDIA_TYPE, Problem, problem_of, problem_response
from hub.core.errors import (
    Blocked,
    DomainError,
    Gone,
    Invalid,
    Locked,
    Moved,
    NotFound,
    SignInRequired,
    TooLarge,
    TooManyRequests,
)
from hub.ui.errors import Action, render_error

TITLES = {
    400: gettext_lazy("That cannot be done"),
    401: gettext_lazy("Sign in first"),
    403: gettext_lazy("You may not do this"),
    404: gettext_lazy("Nothing here"),
    409: gettext_lazy("Somebody was faster"),
    410: gettext_lazy("No longer here"),
    413: gettext_lazy("Too large"),
    423: gettext_lazy("Not available yet"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("The hub made a mistake"),
    503: gettext_lazy("The hub cannot answer just now"),
    507: gettext_lazy("The disk is full"),
}


TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
TOO_MUCH_SENT = gettext_lazy(
    "The form holds more fields, files or bytes than are taken at once. Send fewer, or smaller ones."
)
AWAY = (OperationalError, InterfaceError)
AWAY_FOR = 30  # seconds until trying again is worth it


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a program: it says so, or it came with a token."""
    accepted = request.headers.get("Accept", "")
    if "application/json" in accepted or MEDIA_TYPE in accepted:
        return True
    return request.path.startswith("/api/") or "Authorization" in request.headers


def refusal_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The answer to a refused request, in the caller's format."""
    if isinstance(error, Moved):
        return _moved(request, error)
    if wants_json(request):
        return problem_response(problem_of(error))
    if isinstance(error, SignInRequired):
        return redirect_to_login(request.get_full_path())
    response = render_error(
        request,
        error.status,
        title=TITLES.get(error.status),
        detail=str(error.message),
        action=_way_out(error),
    )
    if isinstance(error, Locked | TooManyRequests) and error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def _moved(request: HttpRequest, error: Moved) -> HttpResponse:
    """To the same page of the model under its present name. Not to be kept: a name may come back to its model."""
    address = new_address(request, error)
    if wants_json(request):
        response = problem_response(problem_of(error))
        response.headers["Location"] = address
        return response
    is_read = request.method in ("GET", "HEAD")
    kind = HttpResponsePermanentRedirect if is_read else PermanentRedirectOfWrite
    answer = kind(address)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class PermanentRedirectOfWrite(HttpResponsePermanentRedirect):
    """308: what was sent is to be sent again as it was, which 301 would turn into reading."""

    status_code = 308


def _way_out(error: DomainError) -> Action | None:
    """Where a refusal leads on to: what to use instead, or the report that says why."""
    if isinstance(error, Gone) and error.use_instead:
        url = reverse("catalog:model", args=error.use_instead.split("/"))
        return Action(_("Use %(model)s instead") % {"model": error.use_instead}, url)
    if isinstance(error, Blocked) and error.model:
        where = [*error.model.split("/"), error.revision]
        return Action(_("See the scan report"), reverse("governance:scan-report", args=where))
    return None


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same to the byte whether the thing is missing or hidden."""
    del exception
    return refusal_response(request, NotFound())


def method_refused(request: HttpRequest, allowed: str) -> HttpResponse:
    """405 with the methods that the address takes."""
    if wants_json(request):
        detail = _("This address does not take %(method)s.") % {"method": request.method}
        response = problem_response(Problem(405, "method_not_allowed", detail))
    else:
        response = render_error(request, 405)
    response.headers["Allow"] = allowed
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for what Django itself refuses to read, or 413 when that is too much of it."""
    if isinstance(exception, TOO_MUCH):
        return refusal_response(request, TooLarge(str(TOO_MUCH_SENT)))
    if isinstance(exception, DisallowedHost):
        detail = _(
            "This hub does not answer under the host name that was asked for. Use the address its operator gives."
        )
        return refusal_response(request, Invalid(detail))
    if wants_json(request):
        detail = _("The request could not be read. Send it again as documented.")
        return problem_response(Problem(400, "malformed", detail))
    return render_error(
        request,
        400,
        title=TITLES[400],
        detail=_("The request could not be read. Go back, reload the page and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 raised by Django itself."""
    del exception
    if wants_json(request):
        detail = _("You may not do this.")
        return problem_response(Problem(403, "forbidden", detail))
    return render_error(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from one of our pages, or came from an old one."""
    del reason
    if wants_json(request):
        detail = _(
            "Send the header X-CSRFToken with the value of the CSRF cookie. Programs use a token instead."
        )
        return problem_response(Problem(403, "csrf", detail))
    return render_error(
        request,
        403,
        title=_("This form is too old"),
        detail=_(
            "For your safety a form works only from a page that this browser has just opened, with cookies on. "
            "Go back, reload the page and send it again."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it was the database that did not answer: needs neither session nor database."""
    if isinstance(sys.exc_info()[1], AWAY):  # Django calls this while it handles the exception
        return _database_away(request)
    detail = _(
        "Nothing was half done: the change was taken back as a whole. The operator can find the cause in the log "
        "under the request id in the response’s headers."
    )
    if wants_json(request):
        return problem_response(Problem(500, "error", detail))
    return render_error(request, 500, title=TITLES[500], detail=detail)


def _database_away(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        detail = _("The database does not answer just now. Try again in %(n)d seconds.") % {
            "n": AWAY_FOR
        }
        response = problem_response(Problem(503, "unavailable", detail))
    else:
        response = render_error(
            request,
            503,
            title=TITLES[503],
            detail=_(
                "Its database does not answer, so nothing was read or changed. Try again in a minute; what you "
                "entered is still there when you go back."
            ),
        )
    response.headers["Retry-After"] = str(AWAY_FOR)
    response.headers["Cache-Control"] = "no-store"
    return response


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429 where allauth counted: it does not say which of its limits was reached."""
    return refusal_response(
        request,
        TooManyRequests(
            _(
                "This came too often from one address or for one account. Wait five minutes, then try again."
            ),
            retry_after=300,
        ),
    )
