"""``/.well-known/…``: what programs look for at every site (RFC 8615)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hub.core.errors import NotFound
from hub.guide.small_print import as_text

GOOD_FOR = timedelta(days=180)  # RFC 9116 advises less than a year


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """``security.txt`` (RFC 9116): where weaknesses of this hub are reported. 404 while the operator named no place."""
    del request
    if not settings.SECURITY_CONTACTS:
        raise NotFound(
            _("The operator of this hub has named no place for reports about its security.")
        )
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    here = reverse("guide:security-txt")
    policy = reverse("guide:page", args=["about"])
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACTS),
        f"Expires: {today + GOOD_FOR:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.PUBLIC_URL}{here}",
        f"Policy: {settings.PUBLIC_URL}{policy}#report-a-weakness",
    ]
    return as_text(lines)


@login_not_required
@require_safe
def change_password(request: HttpRequest) -> HttpResponseRedirect:
    """Where password managers send people (w3c.github.io/webappsec-change-password-url)."""
    del request
    return redirect("account_change_password")
