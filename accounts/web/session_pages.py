"""Being signed in: since when, and ending it everywhere else."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.authz.queries import require_person
from accounts.users.actions import sign_out_elsewhere
from accounts.web.fresh_sign_in import signed_in_at
from accounts.web.settings_nav import settings_nav
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HubRequest) -> HttpResponse:
    """This session, and a button that ends all others."""
    require_person(request.actor)
    user = request.actor.user
    assert user is not None
    if request.method == "POST":
        sign_out_elsewhere(user, actor=request.actor)
        update_session_auth_hash(request, user)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("accounts:sessions")
    context = {"nav": settings_nav("sessions"), "since": signed_in_at(request)}
    return render_page(request, "accounts/sessions.html", context)
