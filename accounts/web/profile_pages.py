"""What pages call somebody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.authz.queries import require_person
from accounts.users.actions import describe_user
from accounts.web.forms import ProfileForm
from accounts.web.settings_nav import settings_nav
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HubRequest) -> HttpResponse:
    """One's name, shown and changed."""
    require_person(request.actor)
    user = request.actor.user
    assert user is not None
    form = ProfileForm(request.POST or None, initial={"display_name": user.display_name})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            describe_user(user, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("Saved."))
            return redirect("accounts:profile")
    context = {"nav": settings_nav("profile"), "form": form, "person": user}
    return render_page(
        request, "accounts/profile.html", context, status=422 if form.errors else 200
    )
