"""Which news reach one how: the table of groups and channels, the feed's address, and links in mail that stop it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web.settings_nav import settings_nav
from governance.outbox.feed import end_feed_address, feed_address_of, make_feed_address
from governance.outbox.models import Channel, Group
from governance.outbox.preferences import channels_of, choose_channels
from governance.outbox.unsubscribing import read_token, stop_mail
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HubRequest) -> HttpResponse:
    """Groups of news down, channels across."""
    if request.method == "POST":
        chosen = {group: request.POST[group] for group in Group.values if group in request.POST}
        choose_channels(chosen, actor=request.actor)
        messages.success(request, _("Saved."))
        return redirect("governance:notification-settings")
    return _page(request)


@require_POST
def feed_address(request: HubRequest) -> HttpResponse:
    """Make the secret address of one's feed and show it this once, or end it."""
    if "end" in request.POST:
        end_feed_address(actor=request.actor)
        messages.success(request, _("The address no longer works."))
        return redirect("governance:notification-settings")
    secret = make_feed_address(actor=request.actor)
    where = reverse("governance:notification-feed", args=[secret])
    response = _page(request, address=request.build_absolute_uri(where))
    response.headers["Cache-Control"] = "no-store"
    return response


@csrf_exempt  # mail programs post here without having been on any page: the signed link is the proof
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HubRequest, token: str) -> HttpResponse:
    """Ask, then stop mail about a group; a mail program's one click asks nothing."""
    user, group = read_token(token)
    if request.method == "POST":
        stop_mail(user, group)
    context = {"group": Group(group).label, "is_done": request.method == "POST", "whose": user}
    response = render_page(request, "governance/unsubscribe.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: HubRequest, *, address: str = "") -> HttpResponse:
    chosen = channels_of(request.actor)
    context = {
        "nav": settings_nav("notifications"),
        "channels": Channel.choices,
        "groups": [(group.value, group.label, chosen[group]) for group in Group],
        "feed": feed_address_of(request.actor),
        "address": address,
        "email": request.actor.user.email if request.actor.user else "",
    }
    return render_page(request, "governance/notification_settings.html", context)
