"""Taking single versions back, and recalling bytes by their digest."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.pagination import page_of
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.lifecycle.actions import (
    end_recall,
    recall_blob,
    unyank_version,
    withdraw_version,
    yank_version,
)
from models_catalog.lifecycle.queries import get_recall, models_holding, recalled_blobs, relying_on
from models_catalog.repos.queries import require_repo_right
from models_catalog.versions.models import Version
from models_catalog.versions.queries import get_version
from models_catalog.web.danger_forms import ReasonForm, RecallForm, TakeBackForm
from models_catalog.web.head import open_model

MOST_NAMED = 100


def _yank(version: Version, form: TakeBackForm, actor: Actor) -> str:
    yank_version(version, **form.cleaned_data, actor=actor)
    return _("Yanked. Who names this version exactly still gets it.")


def _unyank(version: Version, form: TakeBackForm, actor: Actor) -> str:
    unyank_version(version, reason=form.cleaned_data["reason"], actor=actor)
    return _("This version counts again.")


def _withdraw(version: Version, form: TakeBackForm, actor: Actor) -> str:
    withdraw_version(version, **form.cleaned_data, actor=actor)
    return _("Withdrawn. Its page stays and says why.")


ACTS: Mapping[str, Callable[[Version, TakeBackForm, Actor], str]] = {
    "yank": _yank,
    "unyank": _unyank,
    "withdraw": _withdraw,
}


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(
    request: HubRequest, namespace: str, name: str, number: int, act: str
) -> HttpResponse:
    """Say what relies on a version, ask for a reason, then yank it, count it again or withdraw it."""
    view = open_model(request, namespace, name, tab="versions")
    version = get_version(view.repo, number, actor=request.actor)
    require_repo_right(view.repo, Right.MANAGE, actor=request.actor)
    relied_on = [] if act == "unyank" else relying_on(version, actor=request.actor)
    form = TakeBackForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with form.refusals():
                messages.success(request, ACTS[act](version, form, request.actor))
                where = (view.repo.namespace.name, view.repo.name, number)
                return redirect("catalog:version", *where)
        status = 422
    context = {
        "view": view,
        "head": view.head,
        "rights": view.actions,
        "version": version,
        "act": act,
        "relied_on": relied_on,
        "form": form,
    }
    return render_page(request, "catalog/version_take_back.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def recalls(request: HubRequest) -> HttpResponse:
    """What has been recalled, and the way to recall something."""
    rows = recalled_blobs(actor=request.actor)
    form = RecallForm(request.POST or None, initial={"sha256": request.GET.get("sha256", "")})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with form.refusals():
                blob = recall_blob(**form.cleaned_data, actor=request.actor)
                messages.success(request, _("Recalled. No door hands it out or takes it."))
                return redirect("catalog:recall", blob.sha256)
        status = 422
    page = page_of(rows, keys=("-recalled_at", "-id"), cursor=request.GET.get("cursor"), size=30)
    return render_page(request, "catalog/recalls.html", {"page": page, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HubRequest, digest: str) -> HttpResponse:
    """One recall: why, where the bytes occur, and the way to take it back."""
    blob = get_recall(digest, actor=request.actor)
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with form.refusals():
                end_recall(digest, reason=form.cleaned_data["reason"], actor=request.actor)
                messages.success(request, _("The recall has ended."))
                return redirect("catalog:recalls")
        status = 422
    holders = models_holding(blob)
    context = {
        "blob": blob,
        "form": form,
        "holders": holders[:MOST_NAMED],
        "total": holders.count(),
    }
    return render_page(request, "catalog/recall.html", context, status=status)
