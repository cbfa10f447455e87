"""How an organisation governs its models, for everybody to read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.authz.policy import ROLE_TITLES
from accounts.namespaces.models import Preset
from accounts.web.org_head import open_organization
from governance.policies.catalogue import RULES_BY_ID
from governance.policies.effective import effective_in
from governance.policies.places import of_namespace, place_of
from governance.policies.presets import PRESET_TITLES
from governance.policies.queries import beside, versions_at
from governance.reviews import figures
from governance.web.policy_places import query_of, title_of
from governance.web.queue_rows import in_words
from governance.web.rule_words import preset_in_words, what_it_means
from hub.core.pagination import page_of
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest

WITHDRAWALS = 20
VERSIONS = 5


@login_not_required
@require_safe
def governance(request: HubRequest, org: str) -> HttpResponse:
    """What is asked for, who decides, how long it takes, what was withdrawn and what is waived."""
    view = open_organization(org, actor=request.actor, tab="governance")
    organization, namespace = view.organization, view.organization.namespace
    effective = effective_in(namespace)
    preset = Preset(effective.policy.preset)
    page = page_of(
        figures.withdrawals_in(namespace, actor=request.actor),
        keys=("-withdrawn_at", "-id"),
        cursor=request.GET.get("cursor"),
        size=WITHDRAWALS,
    )
    successors = figures.known_successors(page.rows, actor=request.actor)
    waived = figures.waivers_in_force(namespace, actor=request.actor)
    others = [(place_of(each), each) for each in beside(namespace, actor=request.actor)]
    context = {
        "head": view.head,
        "rights": view.actions,
        "preset_title": PRESET_TITLES[preset],
        "preset_means": preset_in_words(effective.policy),
        "policy": effective.policy,
        "rules": [(rule.title, what_it_means(rule)) for rule in effective.rules],
        "others": [(title_of(place), query_of(place), len(each.rules)) for place, each in others],
        "roles": [
            (ROLE_TITLES[role], number) for role, number in figures.reviewing_roles(organization)
        ],
        "reviewers": figures.reviewers_of(organization),
        "spans": [
            (span.days, span.decided, in_words(span.took) if span.took is not None else "–")
            for span in figures.spans_of(namespace, actor=request.actor)
        ],
        "waivers": [(_name(rule), number) for rule, number in waived.items()],
        "waiver_count": sum(waived.values()),
        "page": page,
        "withdrawals": [(repo, successors.get(repo.pk)) for repo in page.rows],
        "versions": versions_at(of_namespace(namespace))[:VERSIONS],
    }
    return render_page(request, "governance/governance.html", context)


def _name(rule: str) -> str:
    kind = RULES_BY_ID.get(rule)
    return str(kind.name) if kind else rule
