"""The danger zone of a model's settings: its name, its owner, and its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.ui.forms import ActionForm
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.lifecycle.actions import (
    archive_repo,
    delete_repo,
    deprecate_repo,
    rename_repo,
    transfer_repo,
    unarchive_repo,
    undeprecate_repo,
)
from models_catalog.lifecycle.queries import grace_days
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_repo_right
from models_catalog.web.danger_forms import DeprecateForm, RenameForm, TransferForm, TypedForm
from models_catalog.web.head import ModelView, open_model
from models_catalog.web.settings_nav import settings_tabs

Act = Callable[[Repo, Any, Actor], Repo]


def _rename(repo: Repo, form: RenameForm, actor: Actor) -> Repo:
    return rename_repo(repo, name=form.cleaned_data["name"], actor=actor)


def _transfer(repo: Repo, form: TransferForm, actor: Actor) -> Repo:
    return transfer_repo(repo, namespace=form.target(), name=form.cleaned_data["name"], actor=actor)


def _deprecate(repo: Repo, form: DeprecateForm, actor: Actor) -> Repo:
    successor = form.successor(actor)
    return deprecate_repo(
        repo, reason=form.cleaned_data["reason"], successor=successor, actor=actor
    )


def _delete(repo: Repo, form: TypedForm, actor: Actor) -> Repo:
    return delete_repo(repo, reason=form.cleaned_data["reason"], actor=actor)


ACTS: Mapping[str, Act] = {
    "rename": _rename,
    "transfer": _transfer,
    "deprecate": _deprecate,
    "undeprecate": lambda repo, _form, actor: undeprecate_repo(repo, actor=actor),
    "archive": lambda repo, _form, actor: archive_repo(repo, actor=actor),
    "unarchive": lambda repo, _form, actor: unarchive_repo(repo, actor=actor),
    "delete": _delete,
}


@require_http_methods(["GET", "HEAD", "POST"])
def danger(request: HubRequest, namespace: str, name: str, act: str = "") -> HttpResponse:
    """Everything that moves, ends or hides the model, each with its own form; ``act`` is the one that was sent."""
    view = open_model(request, namespace, name, tab="settings")
    require_repo_right(view.repo, Right.MANAGE, actor=request.actor)
    if (act and act not in ACTS) or bool(act) != (request.method == "POST"):
        raise NotFound
    forms = _forms(view, request, act)
    status = 200
    if act:
        form = forms.get(act, ActionForm(request.POST))
        if form.is_valid():
            with form.refusals():
                return _done(request, ACTS[act](view.repo, form, request.actor), act)
        status = 422
        forms.setdefault(act, form)
    context = {
        "view": view,
        "head": view.head,
        "rights": view.actions,
        "tabs": settings_tabs(view.repo, current="danger"),
        "forms": forms,
        "refused": forms.get(act) if act in ("archive", "unarchive", "undeprecate") else None,
        "grace_days": grace_days(),
        "deleted_url": deleted_address(view.repo),
    }
    return render_page(request, "catalog/danger.html", context, status=status)


def _forms(view: ModelView, request: HubRequest, act: str) -> dict[str, ActionForm]:
    def sent(key: str) -> dict[str, Any]:
        return {"data": request.POST if key == act else None, "auto_id": f"{key}_%s"}

    repo = view.repo
    reason, instead = repo.deprecated_reason, repo.successor.full_name if repo.successor else ""
    return {
        "rename": RenameForm(**sent("rename"), initial={"name": repo.name}),
        "transfer": TransferForm(**sent("transfer"), repo=repo, actor=request.actor),
        "deprecate": DeprecateForm(
            **sent("deprecate"), initial={"reason": reason, "use_instead": instead}
        ),
        "delete": TypedForm(**sent("delete"), full_name=repo.full_name),
    }


def _done(request: HubRequest, repo: Repo, act: str) -> HttpResponse:
    said = {
        "rename": _("Renamed. The old name leads here."),
        "transfer": _("Moved. The old name leads here."),
        "deprecate": _("Deprecated. Its page says so."),
        "undeprecate": _("It is listed again."),
        "archive": _("Archived. It is read only now."),
        "unarchive": _("It can be worked on again."),
        "delete": _("Deleted. It can be restored from this list."),
    }
    messages.success(request, said[act])
    if act == "delete":
        return redirect(deleted_address(repo))
    return redirect("catalog:danger", repo.namespace.name, repo.name)


def deleted_address(repo: Repo) -> str:
    """Where what was deleted under the repo's owner is listed."""
    if repo.namespace.is_organization:
        return reverse("catalog:org-deleted", args=[repo.namespace.name])
    return reverse("catalog:own-deleted")
