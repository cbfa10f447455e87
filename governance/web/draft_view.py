"""What the page of a draft shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.policies.actions import loosens
from governance.policies.catalogue import RULES_BY_ID
from governance.policies.diffs import differences
from governance.policies.draft_queries import OPEN
from governance.policies.drafts import BEHIND, why_not_approve
from governance.policies.models import DraftState, PolicyDraft
from governance.policies.outcomes import Outcome
from governance.policies.places import holders, place_of
from governance.policies.presets import PRESET_TITLES
from governance.policies.queries import policy_at
from governance.simulations.models import SimulatedModel, Simulation
from governance.simulations.queries import results_of, simulation_of
from governance.web.draft_forms import DraftActForm
from governance.web.policy_places import query_of, title_of
from hub.core.actor import Actor
from hub.core.pagination import page_of
from hub.ui.vocabulary import word
from hub.web.requests import HubRequest

MODELS = 25
SHOWN = (Outcome.FAIL, Outcome.DECIDE, Outcome.PENDING, Outcome.WAIVED, Outcome.PASS)


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of the table: how many models end how, now and with the draft."""

    title: str
    cells: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tried:
    """One model in the list, with the rules behind what would become of it."""

    row: SimulatedModel
    rules: list[tuple[str, str, str]]  # name, outcome, reason


def draft_context(
    request: HubRequest,
    draft: PolicyDraft,
    *,
    refused: DraftActForm | None = None,
    act: str = "",
) -> dict[str, Any]:
    """The draft, its differences, its simulation and what the actor may do next."""
    place = place_of(draft)
    current = policy_at(place)
    number = current.number if current else 0
    return {
        "draft": draft,
        "place_title": title_of(place),
        "query": query_of(place),
        "differences": differences(current.rules if current else {}, draft.rules)
        if draft.is_open
        else [],
        "presets": _presets(current.preset if current else "", draft.preset),
        "current": current,
        "behind": str(BEHIND) if draft.is_open and draft.base_number != number else "",
        "is_looser": current is not None and loosens(current, draft.preset, draft.rules),
        "form": refused or DraftActForm(initial={"expected": draft.digest}),
        "refused_act": act if refused else "",
        **_next_steps(draft, actor=request.actor),
        **_simulation(request, draft),
    }


def _presets(old: str, new: str) -> str:
    if old == new or not new:
        return ""
    titles = {preset.value: str(title) for preset, title in PRESET_TITLES.items()}
    return f"{titles.get(old, '')} → {titles[new]}"


def _next_steps(draft: PolicyDraft, *, actor: Actor) -> dict[str, Any]:
    others = holders(place_of(draft)).exclude(pk=draft.made_by_id)
    is_mine = actor.user_id == draft.made_by_id
    is_alone = not others.exists()
    is_open = draft.state in OPEN
    return {
        "is_mine": is_mine and is_open,
        "may_adopt": is_mine and is_open and is_alone,
        "may_propose": is_mine and draft.state == DraftState.DRAFT and not is_alone,
        "may_approve": draft.state == DraftState.PROPOSED
        and why_not_approve(draft, actor=actor) is None,
        "approvers": list(others.order_by("username")[:5])
        if draft.state == DraftState.PROPOSED
        else [],
    }


def _simulation(request: HubRequest, draft: PolicyDraft) -> dict[str, Any]:
    simulation = simulation_of(draft, actor=request.actor)
    if simulation is None:
        return {"simulation": None}
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in set(Outcome) else ""
    page = page_of(
        results_of(simulation, actor=request.actor, outcome=outcome),
        keys=("rank", "id"),
        cursor=request.GET.get("cursor"),
        size=MODELS,
    )
    return {
        "simulation": simulation,
        "outcome": outcome,
        "outcomes": [(each.value, word("check", each.value).text) for each in SHOWN],
        "counts": _counted(simulation),
        "page": page,
        "models": [_tried(row) for row in page.rows],
    }


def _counted(simulation: Simulation) -> list[Counted]:
    counts = simulation.counts
    if not counts:
        return []
    rules = [
        Counted(_name(rule), _cells(found["before"], found["after"]))
        for rule, found in counts["rules"].items()
    ]
    total = Counted(_("All rules"), _cells(counts["models"]["before"], counts["models"]["after"]))
    return [total, *rules]


def _cells(before: dict[str, int], after: dict[str, int]) -> list[tuple[int, int]]:
    return [(before.get(each, 0), after.get(each, 0)) for each in SHOWN]


def _name(rule: str) -> str:
    kind = RULES_BY_ID.get(rule)
    return str(kind.name) if kind else rule


def _tried(row: SimulatedModel) -> Tried:
    told = [
        (_name(rule), after or "", reason)
        for rule, (before, after, reason) in row.rules.items()
        if after not in (None, Outcome.PASS) or before not in (None, Outcome.PASS)
    ]
    return Tried(row, told)
