"""Theme, data saver, keyboard shortcuts and language, kept in cookies: pages need neither session nor account for them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hub.ui.context import SAVER_COOKIE, SHORTCUTS_COOKIE, THEME_COOKIE

A_YEAR = 365 * 24 * 3600
NO_CHOICE = "system"
Text = str | Promise

# Field of the form → the cookie that keeps it, and what each value brings about.
CHOICES: dict[str, tuple[str, dict[str, Text]]] = {
    "theme": (
        THEME_COOKIE,
        {
            NO_CHOICE: _("Pages are light or dark as this device is."),
            "light": _("Pages are light in this browser from now on."),
            "dark": _("Pages are dark in this browser from now on."),
        },
    ),
    "saver": (
        SAVER_COOKIE,
        {
            "on": _("Data saver is on: pages come without their font."),
            "off": _("Data saver is off."),
        },
    ),
    "shortcuts": (
        SHORTCUTS_COOKIE,
        {
            "on": _("Keyboard shortcuts are on. Press ? to see them."),
            "off": _("Keyboard shortcuts are off."),
        },
    ),
}


# Exempt because the forms stand on every public page, which then needs no CSRF cookie; all it can change is looks.
@csrf_exempt
@login_not_required
@require_POST
def save_preferences(request: HttpRequest) -> HttpResponse:
    """Remember what was posted, say so, and go back to the page."""
    response = HttpResponseRedirect(_safe_return(request))
    for field, (cookie, values) in CHOICES.items():
        chosen = request.POST.get(field, "")
        if chosen in values:
            if chosen == NO_CHOICE:
                response.delete_cookie(cookie, samesite="Lax")
            else:
                _remember(response, cookie, chosen)
            messages.success(request, str(values[chosen]), fail_silently=True)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
        with translation.override(language):
            said = str(_("Pages are in this language in this browser from now on."))
        messages.success(request, said, fail_silently=True)
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
