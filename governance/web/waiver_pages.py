"""Who answers for what: waivers of a model, and of all models of an organisation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.org_head import open_organization
from governance.reviews.waiver_lists import Of, WaiverLists, waivers_in, waivers_on
from hub.ui.parts import Tab
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.web.head import open_model

ROWS = 30
MOST_COUNTED = 999


@require_safe
def org_waivers(request: HubRequest, org: str) -> HttpResponse:
    """Of all models of an organisation, for its insiders."""
    view = open_organization(org, actor=request.actor, tab="governance")
    lists = waivers_in(view.organization, actor=request.actor)
    context = _page(request, lists) | {"head": view.head}
    return render_page(request, "governance/waivers_org.html", context, fragment="waivers")


@login_not_required
@require_safe
def model_waivers(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Of one model, for those who see what waits in it."""
    view = open_model(request, namespace, name, tab="security")
    lists = waivers_on(view.repo, actor=request.actor)
    context = _page(request, lists) | {"head": view.head, "view": view}
    return render_page(request, "governance/waivers_model.html", context, fragment="waivers")


def _page(request: HubRequest, lists: WaiverLists) -> dict[str, Any]:
    of = Of.FILES if request.GET.get("of") == Of.FILES else Of.RULES
    is_past = request.GET.get("ended") == "1"
    page = lists.page(of, is_past=is_past, cursor=request.GET.get("cursor"), size=ROWS)
    return {
        "page": page,
        "of": of,
        "is_past": is_past,
        "tabs": _tabs(lists, (of, is_past), request.path),
    }


def _tabs(lists: WaiverLists, current: tuple[Of, bool], here: str) -> list[Tab]:
    """What is in force, then what has ended; counted no further than a page could tell."""
    titles = {
        (Of.RULES, False): _("Rules"),
        (Of.FILES, False): _("Files"),
        (Of.RULES, True): _("Rules, ended"),
        (Of.FILES, True): _("Files, ended"),
    }
    found = {
        (of, is_past): lists.count(of, is_past=is_past, most=MOST_COUNTED + 1)
        for of, is_past in titles
    }
    return [
        Tab(
            title,
            f"{here}?of={key[0].value}{'&ended=1' if key[1] else ''}",
            found[key] if found[key] <= MOST_COUNTED else f"{MOST_COUNTED}+",
            is_current=key == current,
        )
        for key, title in titles.items()
    ]
