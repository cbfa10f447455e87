"""What the hub, an organisation, a team or a model asks for: in words, version by version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.namespaces.models import Namespace, Preset
from governance.policies.diffs import differences
from governance.policies.draft_queries import open_drafts
from governance.policies.effective import EffectivePolicy, effective_in, effective_policy
from governance.policies.models import Layer, Policy, PolicyDraft
from governance.policies.places import Place, place_of
from governance.policies.presets import PRESET_TITLES
from governance.policies.queries import beside, get_version, policy_at, versions_at
from governance.policies.rules import rules_from
from governance.policies.rules.base import Rule
from governance.web.policy_places import PolicyView, open_policies, query_of, title_of
from governance.web.rule_words import preset_in_words, what_it_means
from hub.core.actor import Actor
from hub.core.pagination import page_of
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest

VERSIONS = 20


@login_not_required
@require_safe
def policy(request: HubRequest, org: str = "") -> HttpResponse:
    """What is asked for here before a change is merged, and where each rule comes from."""
    view = open_policies(request, org)
    current = policy_at(view.place)
    effective = _effective(view.place)
    preset = Preset(current.preset) if current and current.preset else None
    context = view.context | {
        "policy": current,
        "preset_title": PRESET_TITLES[preset] if preset else "",
        "preset_means": preset_in_words(current) if current and preset else "",
        "rules": _told(effective, view.place) if effective else _own(current),
        "others": _others(view.namespace, actor=request.actor) if view.place.namespace else (),
        "drafts": _drafts(view, actor=request.actor),
        "page": page_of(
            versions_at(view.place),
            keys=("-number",),
            cursor=request.GET.get("cursor"),
            size=VERSIONS,
        ),
    }
    return render_page(request, "governance/policy.html", context)


@login_not_required
@require_safe
def policy_version(request: HubRequest, number: int, org: str = "") -> HttpResponse:
    """One version: who, when and why, and how it differs from another one."""
    view = open_policies(request, org)
    version = get_version(view.place, number)
    against = _against(request, view.place, number)
    context = view.context | {
        "version": version,
        "preset_title": PRESET_TITLES[Preset(version.preset)] if version.preset else "",
        "against": against,
        "differences": differences(against.rules if against else {}, version.rules),
        "rules": [(rule.title, what_it_means(rule), "") for rule in rules_from(version.rules)],
        "others": versions_at(view.place).exclude(pk=version.pk)[:VERSIONS],
    }
    return render_page(request, "governance/policy_version.html", context)


def _against(request: HubRequest, place: Place, number: int) -> Policy | None:
    """The version to compare with: the one that was asked for, else the one before."""
    wanted = request.GET.get("against", "")
    if wanted.isdecimal() and len(wanted) < 9:
        return get_version(place, int(wanted))
    return versions_at(place).filter(number__lt=number).first()


def _effective(place: Place) -> EffectivePolicy | None:
    """What is in force at a place with what stands over it; a team's is no more than its own."""
    if place.repo is not None:
        return effective_policy(place.repo)
    if place.layer == Layer.NAMESPACE and place.namespace is not None:
        return effective_in(place.namespace)
    return None


def _told(effective: EffectivePolicy, place: Place) -> list[tuple[Any, Any, str]]:
    """Each rule with what it means and, when it is not from here, where it comes from."""
    return [
        (rule.title, what_it_means(rule), _sources(effective.sources.get(rule.id, ()), place))
        for rule in effective.rules
    ]


def _sources(policies: Sequence[Policy], place: Place) -> str:
    places = [place_of(each) for each in policies]
    return ", ".join(title_of(each) for each in places if each.layer != place.layer)


def _own(policy: Policy | None) -> list[tuple[Any, Any, str]]:
    rules: Sequence[Rule] = rules_from(policy.rules) if policy and policy.rules else ()
    return [(rule.title, what_it_means(rule), "") for rule in rules]


def _others(namespace: Namespace | None, *, actor: Actor) -> list[tuple[str, str, Policy]]:
    """What is asked for beside it, of teams and models that the actor may know of."""
    if namespace is None:
        return []
    found = beside(namespace, actor=actor)
    return [(title_of(place_of(each)), query_of(place_of(each)), each) for each in found]


def _drafts(view: PolicyView, *, actor: Actor) -> list[tuple[str, PolicyDraft]]:
    if not view.context["may_write"]:
        return []
    found = open_drafts(view.namespace, actor=actor)
    return [(title_of(place_of(each)), each) for each in found]
