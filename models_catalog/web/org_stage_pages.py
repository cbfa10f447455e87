"""The stages of an organisation, and which aliases it protects."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.authz.policy import Right
from accounts.orgs.models import Organization
from accounts.web.org_head import open_organization
from hub.core.actor import Actor
from hub.core.errors import DomainError, NotFound
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.stages.actions import (
    add_stage,
    change_stage,
    protect_alias,
    remove_stage,
    reorder_stages,
    unprotect_alias,
)
from models_catalog.stages.queries import protected_aliases, stages_of
from models_catalog.web.stage_forms import ProtectForm, StageForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stages(request: HubRequest, org: str) -> HttpResponse:
    """Everybody reads them; those who may change the policy change them here."""
    view = open_organization(org, actor=request.actor, tab="policies")
    form, protect = StageForm(), ProtectForm()
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise NotFound
        form, protect = StageForm(request.POST), ProtectForm(request.POST)
        try:
            act(view.organization, request, actor=request.actor)
            messages.success(request, _("Saved."))
        except DomainError as error:
            messages.error(request, error.message)
        return redirect("catalog:organization-stages", org)
    context = {
        "head": view.head,
        "rights": view.actions,
        "stages": stages_of(view.organization.namespace),
        "aliases": protected_aliases(view.organization.namespace),
        "form": form if Right.POLICIES in view.rights else None,
        "protect": protect,
    }
    return render_page(request, "catalog/organization_stages.html", context)


def _add(organization: Organization, request: HubRequest, *, actor: Actor) -> None:
    add_stage(
        organization,
        request.POST.get("name", ""),
        title=request.POST.get("title", ""),
        is_protected="is_protected" in request.POST,
        is_exclusive="is_exclusive" in request.POST,
        actor=actor,
    )


def _change(organization: Organization, request: HubRequest, *, actor: Actor) -> None:
    change_stage(
        organization,
        request.POST.get("name", ""),
        title=request.POST.get("title", ""),
        is_protected="is_protected" in request.POST,
        actor=actor,
    )


def _up(organization: Organization, request: HubRequest, *, actor: Actor) -> None:
    order = [stage.name for stage in stages_of(organization.namespace)]
    name = request.POST.get("name", "")
    if name not in order:
        raise NotFound(_("There is no stage called “{name}”.").format(name=name[:60]))
    place = order.index(name)
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
    reorder_stages(organization, order, actor=actor)


def _remove(organization: Organization, request: HubRequest, *, actor: Actor) -> None:
    remove_stage(organization, request.POST.get("name", ""), actor=actor)


def _protect(organization: Organization, request: HubRequest, *, actor: Actor) -> None:
    protect_alias(organization, request.POST.get("alias", ""), actor=actor)


def _let_go(organization: Organization, request: HubRequest, *, actor: Actor) -> None:
    unprotect_alias(organization, request.POST.get("alias", ""), actor=actor)


ACTS: dict[str, Callable[..., None]] = {
    "add": _add,
    "change": _change,
    "up": _up,
    "remove": _remove,
    "protect": _protect,
    "let-go": _let_go,
}
