"""Organisations: all of them, a new one, what one says of itself."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.authz.policy import Right
from accounts.authz.queries import require_right
from accounts.orgs import actions
from accounts.orgs.actions import create_organization, describe_organization
from accounts.orgs.models import Organization
from accounts.orgs.queries import get_organization, organization_page, organizations_of
from accounts.web.forms import DefaultsForm, DescriptionForm, OrganizationForm
from accounts.web.org_areas import org_settings_nav
from accounts.web.org_head import OrganizationView, open_organization
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
    """What the organisation says of itself, and what its new models begin with."""
    view = _settings_of(request, org)
    form = DescriptionForm(request.POST or None, initial=_said(view.organization))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            describe_organization(view.organization, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("Saved."))
            return redirect("accounts:organization-settings", view.head.name)
    return _settings_page(request, view, form, DefaultsForm(initial=_defaults(view.organization)))


@require_POST
def change_defaults(request: HubRequest, org: str) -> HttpResponse:
    """The second form of that page."""
    view = _settings_of(request, org)
    form = DefaultsForm(request.POST)
    if form.is_valid():
        with form.refusals():
            actions.change_defaults(view.organization, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("Saved. Models that are there stay as they are."))
            return redirect("accounts:organization-settings", view.head.name)
    return _settings_page(request, view, DescriptionForm(initial=_said(view.organization)), form)


def _settings_of(request: HubRequest, org: str) -> OrganizationView:
    view = open_organization(org, actor=request.actor, tab="settings")
    require_right(view.rights, Right.SETTINGS, request.actor, on=view.head.name)
    return view


def _said(found: Organization) -> dict[str, str]:
    return {
        "display_name": found.display_name,
        "description": found.description,
        "contact": found.contact,
    }


def _defaults(found: Organization) -> dict[str, str]:
    return {"default_visibility": found.default_visibility, "who_creates": found.who_creates}


def _settings_page(
    request: HubRequest, view: OrganizationView, form: DescriptionForm, defaults: DefaultsForm
) -> HttpResponse:
    context = {
        "head": view.head,
        "rights": view.actions,
        "nav": org_settings_nav(view, "general"),
        "nav_label": _("Settings"),
        "form": form,
        "defaults": defaults,
    }
    return render_page(
        request,
        "accounts/organization_settings.html",
        context,
        status=422 if form.errors or defaults.errors else 200,
    )
