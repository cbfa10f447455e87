"""Outside collaborators of an organisation: who they are, what they hold, and removing them from everything."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.org_areas import people_nav
from accounts.web.org_head import OrganizationView, open_organization
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.grants.models import GRANT_TITLES
from models_catalog.grants.outside import get_outsider, held_by, outside_page, remove_outsider


@require_safe
def outside(request: HubRequest, org: str) -> HttpResponse:
    """Everybody with a role on single models and none in the organisation."""
    view = open_organization(org, actor=request.actor, tab="people")
    page = outside_page(view.organization, actor=request.actor, cursor=request.GET.get("cursor"))
    held = held_by(view.organization, page.rows)
    context = _area(request, view) | {
        "page": page,
        "rows": [
            (
                person,
                [(each, GRANT_TITLES[each.role]) for each in held[person.pk].newest],
                held[person.pk].models - len(held[person.pk].newest),
            )
            for person in page.rows
        ],
    }
    return render_page(request, "accounts/outside.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HubRequest, org: str, name: str) -> HttpResponse:
    """Ask, then end everything that one of them holds."""
    view = open_organization(org, actor=request.actor, tab="people")
    person = get_outsider(view.organization, name, actor=request.actor)
    if request.method == "POST":
        ended = remove_outsider(view.organization, person, actor=request.actor)
        said = ngettext(
            "%(name)s has lost a role on %(n)d model.",
            "%(name)s has lost roles on %(n)d models.",
            ended,
        )
        messages.success(request, said % {"name": person.name, "n": ended})
        return redirect("accounts:outside", view.head.name)
    context = _area(request, view) | {
        "person": person,
        "models": held_by(view.organization, [person])[person.pk].models,
    }
    return render_page(request, "accounts/outside_remove.html", context)


def _area(request: HubRequest, view: OrganizationView) -> dict[str, object]:
    return {
        "head": view.head,
        "rights": view.actions,
        "nav": people_nav(view, "outside", actor=request.actor),
        "nav_label": _("People"),
    }
