"""Theme and data saver, kept in cookies so that pages need neither a session nor an account for them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hub.ui.context import SAVER_COOKIE, THEME_COOKIE, THEMES

A_YEAR = 365 * 24 * 3600


# Exempt because the forms stand on every public page, which then needs no CSRF cookie; all it can change is looks.
@csrf_exempt
@login_not_required
@require_POST
def save_preferences(request: HttpRequest) -> HttpResponse:
    """Remember the posted ``theme`` (system, light, dark) or ``saver`` (on, off) and go back to the page."""
    response = HttpResponseRedirect(_safe_return(request))
    theme, saver = request.POST.get("theme"), request.POST.get("saver")
    if theme in THEMES:
        _remember(response, THEME_COOKIE, theme)
    elif theme == "system":
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    if saver in ("on", "off"):
        _remember(response, SAVER_COOKIE, saver)
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _safe_return(request: HttpRequest) -> str:
    """The page that posted, else the one that linked here; never another site."""
    wanted = request.POST.get("next") or request.headers.get("Referer") or "/"
    is_safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_safe else "/"
