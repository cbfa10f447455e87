"""What was deleted: listed for its managers, restored by them, purged by a second one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.namespaces.models import Namespace
from accounts.orgs.queries import get_organization
from hub.core.errors import DomainError
from hub.core.pagination import page_of
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.lifecycle.actions import purge_repo, restore_repo
from models_catalog.lifecycle.queries import (
    deleted_repos,
    get_deleted_repo,
    grace_days,
    purgeable_from,
)
from models_catalog.web.danger_forms import TypedForm
from models_catalog.web.danger_pages import deleted_address


@require_safe
def org_deleted(request: HubRequest, org: str) -> HttpResponse:
    """What was deleted in an organisation."""
    return _listed(request, get_organization(org).namespace)


@require_safe
def own_deleted(request: HubRequest) -> HttpResponse:
    """What was deleted under one's own name."""
    assert request.actor.user is not None
    return _listed(request, request.actor.user.namespace)


def _listed(request: HubRequest, namespace: Namespace) -> HttpResponse:
    rows = deleted_repos(namespace, actor=request.actor)
    page = page_of(rows, keys=("-deleted_at", "-id"), cursor=request.GET.get("cursor"), size=30)
    context = {
        "namespace": namespace,
        "page": page,
        "rows": [(repo, purgeable_from(repo)) for repo in page.rows],
        "grace_days": grace_days(),
    }
    return render_page(request, "catalog/deleted.html", context)


@require_POST
def restore(request: HubRequest, public_id: UUID) -> HttpResponse:
    """Bring one back."""
    repo = get_deleted_repo(public_id, actor=request.actor)
    try:
        restored = restore_repo(repo, actor=request.actor)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(deleted_address(repo))
    messages.success(request, _("Restored, as it was."))
    return redirect("catalog:model", restored.namespace.name, restored.name)


@require_http_methods(["GET", "HEAD", "POST"])
def purge(request: HubRequest, public_id: UUID) -> HttpResponse:
    """Ask for the name once more, then remove the model for good."""
    repo = get_deleted_repo(public_id, actor=request.actor)
    form = TypedForm(request.POST or None, full_name=repo.full_name)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with form.refusals():
                purge_repo(repo, reason=form.cleaned_data["reason"], actor=request.actor)
                messages.success(request, _("Purged. Its address says who, when and why."))
                return redirect(deleted_address(repo))
        status = 422
    context = {
        "repo": repo,
        "form": form,
        "purgeable_from": purgeable_from(repo),
        "list_url": deleted_address(repo),
        "is_own_deletion": repo.deleted_by_id == request.actor.user_id,
    }
    return render_page(request, "catalog/purge.html", context, status=status)
