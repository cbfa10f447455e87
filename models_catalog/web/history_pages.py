"""Commits, versions and settings of a model."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.authz.policy import Right
from governance.checks.queries import checks_of
from hub.core.errors import DomainError
from hub.core.pagination import page_of
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.repos.actions import accept_terms, change_settings, withdraw_repo
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import (
    get_repo,
    has_accepted_terms,
    require_repo_right,
    terms_digest,
)
from models_catalog.revisions.verdicts import path_verdicts
from models_catalog.stages.queries import is_usable, names_in_use, protected_aliases, stages_of
from models_catalog.versions.actions import release_unreviewed
from models_catalog.versions.history import visible_history, visible_parent
from models_catalog.versions.models import Version, VersionState
from models_catalog.versions.queries import (
    get_revision,
    get_version,
    version_before,
    visible_versions,
)
from models_catalog.web.card_use import Pinned
from models_catalog.web.file_changes import differences
from models_catalog.web.forms import ReleaseForm, SettingsForm, WithdrawForm
from models_catalog.web.head import ModelView, open_model
from models_catalog.web.settings_nav import settings_tabs
from models_catalog.web.stage_forms import AliasForm, MoveForm
from models_catalog.web.standing import places_of, rows_of

COMMITS = 30


@login_not_required
@require_safe
def commits(request: HubRequest, namespace: str, name: str, revision: str) -> HttpResponse:
    """The commits that led to a revision, newest first."""
    view = open_model(request, namespace, name, tab="files", revision=revision)
    found = visible_history(view.revision, limit=COMMITS + 1, actor=request.actor)
    older = found[COMMITS] if len(found) > COMMITS else None
    context = _context(view) | {"rev": revision, "commits": found[:COMMITS], "older": older}
    return render_page(request, "catalog/commits.html", context)


@login_not_required
@require_safe
def commit(request: HubRequest, namespace: str, name: str, revision: str) -> HttpResponse:
    """What one commit changed."""
    view = open_model(request, namespace, name, tab="files", revision=revision)
    parent = visible_parent(view.revision, actor=request.actor)
    reports = path_verdicts(view.revision)
    verdicts = {path: report.verdict for path, report in reports.items()}
    found = differences(
        view.repo,
        parent,
        view.revision,
        verdicts,
        actor=request.actor,
        full=request.GET.get("diff", ""),
    )
    context = _context(view) | {
        "rev": revision,
        "parent": parent,
        "files": found,
        "reported": checks_of(view.revision),
    }
    return render_page(request, "catalog/commit.html", context)


@login_not_required
@require_safe
def versions(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Every version that the visitor may know of, newest first."""
    view = open_model(request, namespace, name, tab="versions")
    listed = visible_versions(view.repo, actor=request.actor)
    page = page_of(listed, keys=("-number",), cursor=request.GET.get("cursor"), size=30)
    may_release = view.actions["write"] and not view.repo.is_protected
    compared = [each for each in page.rows if each.revision_id]
    context = _context(view) | {
        "page": page,
        "form": ReleaseForm(),
        "may_release": may_release,
        "to": compared[0].number if compared else 0,
        "from": compared[min(1, len(compared) - 1)].number if compared else 0,
        "waiting": sum(each.state == VersionState.PROPOSED for each in page.rows),
        "can_compare": len(compared) > 1,
        "rows": rows_of(view.repo, page.rows),
        "places": places_of(view.repo),
    }
    return render_page(request, "catalog/versions.html", context)


@login_not_required
@require_safe
def version(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """One version: what it is fixed to, who approved it, and its files."""
    view = open_model(request, namespace, name, tab="versions")
    found = get_version(view.repo, number, actor=request.actor)
    earlier = version_before(found, actor=request.actor)
    names = [f"v{each.number}" for each in (earlier, found) if each]
    where = [view.repo.namespace.name, view.repo.name, *names]
    context = (
        _context(view)
        | {
            "version": found,
            "earlier": earlier,
            "compare_url": reverse("catalog:compare", args=where) if earlier else "",
            "pinned": Pinned(view.repo, f"v{number}"),
            "reported": checks_of(found.revision) if found.revision else (),
        }
        | _standing(view, found)
    )
    return render_page(request, "catalog/version.html", context)


def _standing(view: ModelView, version: Version) -> dict[str, object]:
    """Where the version stands, and the forms for who may move it; ``seen`` is who stands in each exclusive stage."""
    repo, rights = view.repo, view.actions
    stages = stages_of(repo.namespace)
    in_use, _aliases = names_in_use(repo)
    occupied = {move.stage: move.version.number for move in in_use}
    may_ask = rights["write"] and repo.is_protected
    row = rows_of(repo, [version])[0]
    here = row.stage.name if row.stage else ""
    return {
        "row": row,
        "move_form": MoveForm(stages=stages, initial={"stage": here}),
        "alias_form": AliasForm(),
        "seen": [(each.name, occupied.get(each.name, 0)) for each in stages if each.is_exclusive],
        "guarded": [each.title for each in stages if each.is_protected and repo.is_protected],
        "has_protected_aliases": repo.is_protected and bool(protected_aliases(repo.namespace)),
        "may_move": is_usable(version) and (rights["manage"] or may_ask),
    }


@require_POST
def release(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Release ``main`` of an open repo as a version."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        try:
            made = release_unreviewed(
                repo,
                revision=get_revision(repo, "main", actor=request.actor),
                label=form.cleaned_data["label"],
                notes=form.cleaned_data["notes"],
                actor=request.actor,
            )
            messages.success(request, _("Released %(version)s.") % {"version": made.title})
        except DomainError as error:
            messages.error(request, error.message)
    return redirect("catalog:versions", repo.namespace.name, repo.name)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Who sees the model, and what readers accept first."""
    view = open_model(request, namespace, name, tab="settings")
    require_repo_right(view.repo, Right.MANAGE, actor=request.actor)
    form = SettingsForm(request.POST or None, initial=_settings_of(view.repo))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with form.refusals():
                change_settings(view.repo, **form.cleaned_data, actor=request.actor)
                messages.success(request, _("Saved."))
                return redirect("catalog:settings", view.repo.namespace.name, view.repo.name)
        status = 422
    context = _context(view) | {
        "form": form,
        "tabs": settings_tabs(view.repo, current="general"),
    }
    return render_page(request, "catalog/settings.html", context, status=status)


def _settings_of(repo: Repo) -> dict[str, str]:
    return {"visibility": repo.visibility, "gating": repo.gating, "gating_terms": repo.gating_terms}


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Ask once more, then withdraw the model."""
    view = open_model(request, namespace, name, tab="settings")
    require_repo_right(view.repo, Right.MANAGE, actor=request.actor)
    form = WithdrawForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with form.refusals():
                withdraw_repo(
                    view.repo,
                    reason=form.cleaned_data["reason"],
                    successor=form.successor(request.actor),
                    actor=request.actor,
                )
                messages.success(request, _("Withdrawn. The page stays and says why."))
                return redirect("catalog:model", view.repo.namespace.name, view.repo.name)
        status = 422
    return render_page(
        request, "catalog/withdraw.html", _context(view) | {"form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """The terms of a gated model, to be accepted."""
    view = open_model(request, namespace, name, tab="card")
    if request.method == "POST":
        accept_terms(view.repo, read=request.POST.get("terms", ""), actor=request.actor)
        messages.success(request, _("Accepted. You can download the files now."))
        return redirect("catalog:tree", view.repo.namespace.name, view.repo.name, "main")
    context = _context(view) | {
        "digest": terms_digest(view.repo),
        "has_accepted": has_accepted_terms(view.repo, actor=request.actor),
    }
    return render_page(request, "catalog/terms.html", context)


def _context(view: ModelView) -> dict[str, object]:
    return {"view": view, "head": view.head, "rights": view.actions}
