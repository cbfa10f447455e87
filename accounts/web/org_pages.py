"""Organisations: all of them, a new one, what one says of itself."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.authz.policy import Right
from accounts.authz.queries import require_right
from accounts.orgs.actions import create_organization, describe_organization
from accounts.orgs.queries import get_organization, organization_page, organizations_of
from accounts.web.forms import DescriptionForm, OrganizationForm
from accounts.web.org_head import open_organization
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest

MINE = 20


@login_not_required
@require_safe
def organizations(request: HubRequest) -> HttpResponse:
    """Every organisation, with one's own above."""
    user = request.actor.user
    context = {
        "section": "orgs",
        "page": organization_page(cursor=request.GET.get("cursor")),
        "mine": list(organizations_of(user)[:MINE]) if user and "cursor" not in request.GET else [],
    }
    return render_page(request, "accounts/organizations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_organization(request: HubRequest) -> HttpResponse:
    """The form for a new organisation."""
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = create_organization(**form.cleaned_data, actor=request.actor)
            messages.success(
                request,
                _("%(name)s is founded, and you are its owner.") % {"name": made.display_name},
            )
            return redirect("accounts:people", made.namespace.name)
    context = {"section": "orgs", "form": form}
    return render_page(
        request, "accounts/organization_new.html", context, status=422 if form.errors else 200
    )


@login_not_required
@require_safe
def organization(request: HubRequest, org: str) -> HttpResponse:
    """Lead to the public page."""
    return redirect(f"/{get_organization(org).namespace.name}")


@require_http_methods(["GET", "HEAD", "POST"])
def organization_settings(request: HubRequest, org: str) -> HttpResponse:
    """What the organisation says of itself."""
    view = open_organization(org, actor=request.actor, tab="settings")
    found = view.organization
    require_right(view.rights, Right.SETTINGS, request.actor, on=found.namespace.name)
    stored = {
        "display_name": found.display_name,
        "description": found.description,
        "contact": found.contact,
    }
    form = DescriptionForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            describe_organization(found, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("Saved."))
            return redirect("accounts:organization-settings", found.namespace.name)
    context = {"head": view.head, "rights": view.actions, "form": form}
    return render_page(
        request, "accounts/organization_settings.html", context, status=422 if form.errors else 200
    )
