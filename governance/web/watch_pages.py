"""Saying how much one wants to hear of something."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.namespaces.queries import get_namespace
from accounts.web.settings_nav import settings_nav
from governance.outbox.models import Level
from governance.outbox.watching import NOT_WATCHING, end_watch, watch, watched_page
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.repos.queries import get_repo


@require_POST
def watch_thing(request: HubRequest, namespace: str, name: str = "") -> HttpResponse:
    """The level that was chosen in the menu of a model or of its owner."""
    if name:
        repo = get_repo(namespace=namespace, name=name, actor=request.actor)
        level = watch(repo, level=request.POST.get("level", ""), actor=request.actor)
        _say(request, level, repo.full_name)
        return redirect("catalog:model", repo.namespace.name, repo.name)
    owner = get_namespace(namespace)
    level = watch(owner, level=request.POST.get("level", ""), actor=request.actor)
    _say(request, level, owner.name)
    return redirect("catalog:namespace", owner.name)


def _say(request: HubRequest, level: str, name: str) -> None:
    told = {
        NOT_WATCHING: _("You no longer watch %(name)s."),
        Level.RELEASES: _("You will hear of releases and withdrawals of %(name)s."),
        Level.ALL: _("You will hear of everything in %(name)s that you may see."),
        Level.MUTED: _("You will hear nothing of %(name)s but what names you."),
    }
    messages.success(request, told[level] % {"name": name})


@require_http_methods(["GET", "HEAD", "POST"])
def watching(request: HubRequest) -> HttpResponse:
    """Everything that one watches or has muted; each can be ended here."""
    if request.method == "POST":
        chosen = request.POST.get("end", "")
        is_id = chosen.isascii() and chosen.isdecimal() and len(chosen) < 19
        end_watch(int(chosen) if is_id else 0, actor=request.actor)
        messages.success(request, _("You no longer watch it."))
        return redirect(request.get_full_path())
    page = watched_page(actor=request.actor, cursor=request.GET.get("cursor"))
    context = {
        "nav": settings_nav("watching"),
        "page": page,
        "rows": [(each, Level(each.level).label) for each in page.rows],
    }
    return render_page(request, "governance/watching.html", context)
