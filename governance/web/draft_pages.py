"""Drafts of policies: writing them, seeing what they would do, and putting them in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.policies import drafts
from governance.policies.draft_queries import get_draft
from governance.policies.models import PolicyDraft
from governance.policies.places import place_of, require_at
from governance.policies.presets import PRESET_RULES
from governance.policies.queries import policy_at
from governance.simulations.actions import simulate
from governance.web.draft_forms import DraftActForm, DraftForm
from governance.web.draft_view import draft_context
from governance.web.policy_places import PolicyView, open_policies, title_of
from governance.web.rule_forms import RuleForms
from hub.core.actor import Actor
from hub.core.errors import DomainError
from hub.ui.rendering import render_page
from hub.ui.widgets import Text
from hub.web.requests import HubRequest


@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: HubRequest, org: str = "") -> HttpResponse:
    """Say what is to be asked for; begins with what is asked for now, or with a preset's rules."""
    view = open_policies(request, org)
    require_at(view.place, actor=request.actor)
    current = policy_at(view.place)
    preset = request.GET.get("preset", "") or (current.preset if current else "")
    begun = PRESET_RULES.get(preset) if "preset" in request.GET else None  # type: ignore[call-overload]
    stored = begun or (current.rules if current else {})
    form = DraftForm(request.POST or None, initial={"preset": preset})
    rules = RuleForms(request.POST or None, stored=stored)

    def write(**given: Any) -> PolicyDraft:
        return drafts.write_draft(view.place, actor=request.actor, **given)

    return _write(request, view, form, rules, write)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_draft(request: HubRequest, number: int, org: str = "") -> HttpResponse:
    """Change one's own draft."""
    view = open_policies(request, org)
    draft = get_draft(view.namespace, number, actor=request.actor)
    initial = {"preset": draft.preset, "note": draft.note, "expected": draft.digest}
    form = DraftForm(request.POST or None, initial=initial)
    rules = RuleForms(request.POST or None, stored=draft.rules)

    def write(**given: Any) -> PolicyDraft:
        expected = form.cleaned_data["expected"] or None
        return drafts.rewrite_draft(draft, actor=request.actor, expected=expected, **given)

    return _write(request, view, form, rules, write, draft=draft)


def _write(
    request: HubRequest,
    view: PolicyView,
    form: DraftForm,
    rules: RuleForms,
    write: Callable[..., PolicyDraft],
    *,
    draft: PolicyDraft | None = None,
) -> HttpResponse:
    place = place_of(draft) if draft else view.place
    has_preset = place.layer == "namespace"
    if not has_preset:
        form.fields.pop("preset")
    if request.method == "POST" and form.is_valid() and rules.is_valid():
        try:
            written = write(
                preset=form.cleaned_data.get("preset", ""),
                rules=rules.stored(),
                note=form.cleaned_data["note"],
            )
        except DomainError as refusal:
            if not rules.show(refusal):
                form.add_error(
                    refusal.field if refusal.field in form.fields else None, refusal.message
                )
        else:
            return redirect(f"{view.base}/drafts/{written.number}")
    context = view.context | {
        "form": form,
        "rules": rules,
        "draft": draft,
        "has_preset": has_preset,
        "place_title": title_of(place),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "governance/policy_draft_form.html", context, status=status)


@require_safe
def draft(request: HubRequest, number: int, org: str = "") -> HttpResponse:
    """What would change, what that would do to the models that are there, and what can be done next."""
    view = open_policies(request, org)
    found = get_draft(view.namespace, number, actor=request.actor)
    context = view.context | draft_context(request, found)
    return render_page(request, "governance/policy_draft.html", context, fragment="simulation")


Act = Callable[[PolicyDraft, Actor, Mapping[str, Any]], Any]


def _simulate(draft: PolicyDraft, actor: Actor, given: Mapping[str, Any]) -> None:
    del given
    simulate(draft, actor=actor)


def _rebase(draft: PolicyDraft, actor: Actor, given: Mapping[str, Any]) -> None:
    del given
    drafts.rebase_draft(draft, actor=actor)


def _propose(draft: PolicyDraft, actor: Actor, given: Mapping[str, Any]) -> None:
    drafts.propose_draft(draft, actor=actor, expected=given["expected"] or None)


def _approve(draft: PolicyDraft, actor: Actor, given: Mapping[str, Any]) -> None:
    expected = given["expected"] or None
    drafts.approve_draft(draft, actor=actor, reason=given["reason"], expected=expected)


def _adopt(draft: PolicyDraft, actor: Actor, given: Mapping[str, Any]) -> None:
    expected = given["expected"] or None
    drafts.adopt_draft_alone(draft, actor=actor, reason=given["reason"], expected=expected)


def _drop(draft: PolicyDraft, actor: Actor, given: Mapping[str, Any]) -> None:
    drafts.drop_draft(draft, actor=actor, reason=given["reason"])


ACTS: dict[str, tuple[Act, Text]] = {
    "simulate": (_simulate, ""),
    "rebase": (_rebase, gettext_lazy("The draft is up to date. Simulate it again.")),
    "propose": (
        _propose,
        gettext_lazy("The draft is proposed. Those who can approve it have been told."),
    ),
    "approve": (_approve, gettext_lazy("The policy is in force.")),
    "adopt": (_adopt, gettext_lazy("The policy is in force.")),
    "drop": (_drop, gettext_lazy("The draft is dropped.")),
}


@require_POST
def draft_act(request: HubRequest, number: int, act: str, org: str = "") -> HttpResponse:
    """One of the buttons of a draft's page."""
    if act not in ACTS:
        raise Http404
    view = open_policies(request, org)
    found = get_draft(view.namespace, number, actor=request.actor)
    do, said = ACTS[act]
    form = DraftActForm(request.POST)
    if form.is_valid():
        with form.refusals():
            do(found, request.actor, form.cleaned_data)
            if said:
                messages.success(request, str(said))
            return redirect(f"{view.base}/drafts/{number}")
    fresh = get_draft(view.namespace, number, actor=request.actor)
    context = view.context | draft_context(request, fresh, refused=form, act=act)
    return render_page(request, "governance/policy_draft.html", context, status=422)
