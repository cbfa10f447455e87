"""Where versions of a model stand: moving them, naming them, going back, and who stood where when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.reviews.requests.actions import ask_for
from governance.reviews.requests.kinds import Wish
from hub.core.errors import DomainError, NotFound
from hub.core.pagination import page_of
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo
from models_catalog.stages.actions import move_stage, remove_alias, rollback, set_alias
from models_catalog.stages.defaults import may_be_a_name
from models_catalog.stages.models import AliasMove, Stage, StageMove
from models_catalog.stages.queries import (
    history_of_alias,
    history_of_stage,
    rollback_target,
    stage_now,
    stages_of,
    version_as_of,
    versions_as_of,
)
from models_catalog.versions.models import Version
from models_catalog.versions.queries import get_version
from models_catalog.web.head import open_model
from models_catalog.web.stage_forms import AliasForm, MomentForm, MoveForm, SeenForm
from models_catalog.web.standing import history_url, needs_review, places_of

MOVES = 30
MOST_THEN = 20


@dataclass(frozen=True, slots=True)
class _Move:
    """What a form asks for, to be done at once or asked of reviewers: ``target`` and ``name`` as requests name it."""

    repo: Repo
    version: Version | None
    target: str
    name: str
    is_guarded: bool
    act: Callable[[], object]


@require_POST
def move(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Let a version stand in a stage; where it is protected, ask those who review the model."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    version = get_version(repo, number, actor=request.actor)
    form = MoveForm(request.POST, stages=stages_of(repo.namespace))
    if not form.is_valid():
        return _refused(request, repo, number, _("Choose one of the stages."))
    wanted = form.cleaned_data["stage"]
    stands = stage_now(version)
    seen = request.POST.get(f"seen-{wanted}", "")
    expected = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    guarded = needs_review(repo, stages=[wanted, stands.stage if stands else ""])
    asked = _Move(
        repo,
        version,
        "stage",
        wanted,
        guarded,
        lambda: move_stage(version, wanted, expected=expected, actor=request.actor),
    )
    return _do(request, asked, reason=form.cleaned_data["reason"], back=number)


@require_POST
def name_it(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Give a version an alias; where that is protected, ask those who review the model."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    version = get_version(repo, number, actor=request.actor)
    form = AliasForm(request.POST)
    if not form.is_valid():
        return _refused(request, repo, number, _("Write the alias, such as champion."))
    alias = form.cleaned_data["alias"]
    asked = _Move(
        repo,
        version,
        "alias",
        alias,
        may_be_a_name(alias) and needs_review(repo, alias=alias),
        lambda: set_alias(repo, alias, version, actor=request.actor),
    )
    return _do(request, asked, reason=form.cleaned_data["reason"], back=number)


@require_POST
def roll_back(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Go back to the version that was there before; where it is protected, ask those who review the model."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise NotFound
    wanted, expected = form.cleaned_data["name"], form.cleaned_data["expected"]
    target = rollback_target(repo, wanted) if may_be_a_name(wanted) else None
    if target is None:
        raise NotFound
    kind = "stage" if isinstance(target, StageMove) else "alias"
    guarded = (
        needs_review(repo, stages=[wanted]) if kind == "stage" else needs_review(repo, alias=wanted)
    )
    asked = _Move(
        repo,
        target.version,
        kind,
        wanted,
        guarded,
        lambda: rollback(repo, wanted, expected=expected, actor=request.actor),
    )
    return _do(request, asked, reason=form.cleaned_data["reason"])


@require_POST
def take_away(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Let an alias mean nothing; where it is protected, ask those who review the model."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    form = SeenForm(request.POST)
    if not form.is_valid() or not may_be_a_name(form.cleaned_data["name"]):
        raise NotFound
    alias, expected = form.cleaned_data["name"], form.cleaned_data["expected"]
    asked = _Move(
        repo,
        None,
        "alias",
        alias,
        needs_review(repo, alias=alias),
        lambda: remove_alias(repo, alias, expected=expected, actor=request.actor),
    )
    return _do(request, asked, reason=form.cleaned_data["reason"])


def _do(request: HubRequest, asked: _Move, *, reason: str, back: int | None = None) -> HttpResponse:
    repo, where = asked.repo, [asked.repo.namespace.name, asked.repo.name]
    try:
        if asked.is_guarded:
            details = {"target": asked.target, "name": asked.name}
            opened = ask_for(
                Wish(repo, asked.version, details=details),
                kind="promote",
                reason=reason,
                actor=request.actor,
            )
            messages.success(request, _("Asked. It happens when the review grants it."))
            return redirect("governance:discussion", *where, opened.discussion.number)
        asked.act()
        messages.success(request, _("Done."))
    except DomainError as error:
        messages.error(request, error.message)
    if back is not None:
        return redirect("catalog:version", *where, back)
    return redirect(history_url(repo, asked.name))


def _refused(request: HubRequest, repo: Repo, number: int, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("catalog:version", repo.namespace.name, repo.name, number)


@login_not_required
@require_safe
def names(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """The history of one stage or alias, and which version it was at a moment."""
    view = open_model(request, namespace, name, tab="versions")
    repo = view.repo
    wanted = request.GET.get("name", "")
    stage = next((each for each in stages_of(repo.namespace) if each.name == wanted), None)
    if stage is None and not _is_alias(repo, wanted):
        raise NotFound
    form = MomentForm(request.GET)
    moment = _moment(form) or timezone.now()
    moves = history_of_stage(repo, wanted) if stage else history_of_alias(repo, wanted)
    now = _then(repo, stage, wanted, timezone.now())
    context: dict[str, Any] = {
        "view": view,
        "head": view.head,
        "rights": view.actions,
        "stage": stage,
        "name": wanted,
        "form": form,
        "asked": _moment(form),
        "then": _then(repo, stage, wanted, moment),
        "now": now,
        "page": page_of(moves, keys=("-id",), cursor=request.GET.get("cursor"), size=MOVES),
        "known": [*stages_of(repo.namespace), *_aliases(repo)],
        "back_to": rollback_target(repo, wanted) if stage is None or stage.is_exclusive else None,
        "is_guarded": needs_review(
            repo, stages=[wanted] if stage else (), alias="" if stage else wanted
        ),
        "seen": now[0].version.number if now and now[0].version else 0,
    }
    return render_page(request, "catalog/names.html", context, status=422 if form.errors else 200)


def _is_alias(repo: Repo, name: str) -> bool:
    return may_be_a_name(name) and history_of_alias(repo, name).exists()


def _aliases(repo: Repo) -> list[Any]:
    return [place for place in places_of(repo) if place.icon == "tag"]


def _moment(form: MomentForm) -> datetime | None:
    """The moment that the form names; a day alone is its end, which is what people ask about."""
    day = form.cleaned_data.get("day") if form.is_valid() else None
    if day is None:
        return None
    return datetime.combine(day, form.cleaned_data["time"] or time.max, form.zone)


def _then(
    repo: Repo, stage: Stage | None, name: str, moment: datetime
) -> list[StageMove | AliasMove]:
    if stage is not None:
        return list(versions_as_of(repo, name, moment)[:MOST_THEN])
    found = version_as_of(repo, name, moment)
    return [found] if found else []
