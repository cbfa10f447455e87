"""Who has which rights on a model, and why; giving, changing and ending roles on it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.authz.policy import Right
from accounts.users.queries import get_user
from hub.core.actor import Actor, Means
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.grants.actions import change_grant, end_grant, grant_repo
from models_catalog.grants.explaining import Reason, explain
from models_catalog.grants.queries import (
    get_grant,
    grant_page,
    holder_named,
    own_grant,
    role_counts,
)
from models_catalog.repos.queries import get_repo, require_repo_right
from models_catalog.web.access_forms import NewGrantForm, PersonForm, RoleForm
from models_catalog.web.head import ModelView, open_model
from models_catalog.web.settings_nav import settings_tabs


@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Roles on the model and where else rights come from; whether somebody may do something, and why."""
    view = open_model(request, namespace, name, tab="settings")
    page = grant_page(view.repo, actor=request.actor, cursor=request.GET.get("cursor"))
    form = NewGrantForm(request.POST or None, repo=view.repo, may_give_security=_answers(view))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            return _give(request, view, form)
    asked = PersonForm(request.GET if "person" in request.GET else None)
    context = _context(view) | {
        "page": page,
        "form": form,
        "asked": asked,
        "reasons": _explained(view, asked),
        "person": asked.data.get("person", "").strip(),
        "roles": role_counts(view.repo),
    }
    status = 422 if form.errors else 200
    return render_page(request, "catalog/access.html", context, status=status)


def _give(request: HubRequest, view: ModelView, form: NewGrantForm) -> HttpResponse:
    sent = form.cleaned_data
    grant = grant_repo(
        view.repo,
        holder_named(sent["kind"], sent["to"], repo=view.repo),
        role=sent["role"],
        expires_on=sent["expires_on"],
        is_new=True,
        actor=request.actor,
    )
    messages.success(
        request,
        _("%(who)s is now %(role)s.") % {"who": grant.holder, "role": grant.get_role_display()},
    )
    return redirect("catalog:access", view.repo.namespace.name, view.repo.name)


def _explained(view: ModelView, asked: PersonForm) -> list[Reason]:
    """What the named person may do in person; nothing when nobody is named, or nobody is called so."""
    if asked.is_bound and asked.is_valid():
        with asked.refusals():
            person = get_user(asked.cleaned_data["person"])
            return explain(view.repo, actor=Actor(user=person, means=Means.SESSION))
    return []


@require_http_methods(["GET", "HEAD", "POST"])
def change_access(request: HubRequest, namespace: str, name: str, grant_id: int) -> HttpResponse:
    """Another role, or another last day; and the way to ending it."""
    view = open_model(request, namespace, name, tab="settings")
    require_repo_right(view.repo, Right.MANAGE, actor=request.actor)
    grant = get_grant(view.repo, grant_id, actor=request.actor)
    form = RoleForm(
        request.POST or None,
        initial={"role": grant.role, "expires_on": grant.expires_on},
        may_give_security=_answers(view),
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            change_grant(grant, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("Saved."))
            return redirect("catalog:access", view.repo.namespace.name, view.repo.name)
    context = _context(view) | {"grant": grant, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "catalog/access_change.html", context, status=status)


@require_POST
def end_access(request: HubRequest, namespace: str, name: str, grant_id: int) -> HttpResponse:
    """Take a role away, or lay one's own down."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    grant = get_grant(repo, grant_id, actor=request.actor)
    end_grant(grant, actor=request.actor)
    if grant.user_id == request.actor.user_id:
        messages.success(request, _("You laid your role on %(model)s down.") % {"model": repo})
        return redirect("catalog:home")
    messages.success(request, _("%(who)s has no role here any more.") % {"who": grant.holder})
    return redirect("catalog:access", repo.namespace.name, repo.name)


@login_not_required
@require_safe
def own_access(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """What the visitor may do with the model, where that comes from, and what is missing."""
    view = open_model(request, namespace, name, tab="card")
    context = _context(view) | {
        "reasons": explain(view.repo, actor=request.actor),
        "grant": own_grant(view.repo, actor=request.actor),
    }
    return render_page(request, "catalog/access_own.html", context)


def _answers(view: ModelView) -> bool:
    return Right.SETTINGS in view.rights


def _context(view: ModelView) -> dict[str, object]:
    return {
        "view": view,
        "head": view.head,
        "rights": view.actions,
        "tabs": settings_tabs(view.repo, current="access"),
    }
