"""``/<namespace>``: the public page of an organisation or a person."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.namespaces.models import Namespace
from accounts.namespaces.queries import get_namespace
from accounts.orgs.models import Organization
from accounts.orgs.queries import member_count, member_page, organizations_of
from accounts.users.queries import get_user
from accounts.web.org_head import open_organization
from accounts.web.words import PRESET_MEANS, PRESET_TITLES
from governance.policies.queries import policy_for, rules_of
from governance.reviews.approvers import approvals_by
from governance.web.watch_menu import watch_menu
from hub.core.actor import Actor
from hub.ui.parts import Badge, OwnerHead
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.search.highlights import Portfolio, newest_releases, portfolio_of
from models_catalog.search.queries import MAX_TEXT, ModelQuery, count_models, page_of_models
from models_catalog.web.namespace_facts import people_of, states_of, stats_of
from models_catalog.web.result_rows import model_row, total_of

PEOPLE = 5
MODELS = 12
RELEASES = 5
MEASURED = 50  # releases, whose reviews the median is of


@login_not_required
@require_safe
def namespace(request: HubRequest, namespace: str) -> HttpResponse:
    """Their models, who they are, how their models are governed and what happened last."""
    owner = get_namespace(namespace)
    query = ModelQuery(
        text=" ".join(request.GET.get("q", "").split())[:MAX_TEXT],
        chosen={"org": (owner.name,)},
        cursor=request.GET.get("cursor"),
        size=MODELS,
    )
    page = page_of_models(query, actor=request.actor)
    portfolio = portfolio_of(owner, actor=request.actor)
    number = count_models(query, actor=request.actor) if query.text else portfolio.models
    about = _organization if owner.is_organization else _person
    context = about(owner, request.actor) | {
        "owner": owner,
        "query": query.text,
        "everywhere": f"/models?{urlencode({'q': query.text})}",
        "page": page,
        "rows": [model_row(row) for row in page.rows],
        "total": total_of(number),
        "watch": watch_menu(owner, actor=request.actor),
        "is_paged": bool(page.next_cursor or page.previous_cursor),
    }
    context |= _shown(owner, portfolio, request.actor)
    return render_page(request, "catalog/namespace.html", context)


def _shown(owner: Namespace, portfolio: Portfolio, actor: Actor) -> dict[str, Any]:
    """What the page says beside the list."""
    released = newest_releases(owner, actor=actor, number=MEASURED)
    policy = policy_for(owner)
    return {
        "stats": stats_of(owner, portfolio, released),
        "states": states_of(owner, portfolio),
        "model_count": portfolio.models,
        "releases": released[:RELEASES],
        "preset": PRESET_TITLES[policy.preset],
        "preset_means": PRESET_MEANS[policy.preset],
        "policy": policy,
        "rules": [rule.title for rule in rules_of(policy)],
    }


def _organization(owner: Namespace, actor: Actor) -> dict[str, Any]:
    view = open_organization(owner.name, actor=actor, tab="models", is_title=True)
    return {
        "head": view.head,
        "may_create": view.actions["create"],
        "people": _people(view.organization, owner, actor),
        "people_count": member_count(view.organization),
        "contact": view.organization.contact,
        "founded_at": view.organization.created_at,
    }


def _people(organization: Organization, owner: Namespace, actor: Actor) -> list[Any]:
    members = member_page(organization, size=PEOPLE).members
    approved = approvals_by([each.user.pk for each in members], owner=owner, actor=actor)
    return people_of(members, approved)


def _person(owner: Namespace, actor: Actor) -> dict[str, Any]:
    user = get_user(owner.name)
    badges = (Badge(_("Service account")),) if user.is_robot else ()
    head = OwnerHead(name=owner.name, title=user.name, is_organization=False, badges=badges)
    return {
        "head": head,
        "may_create": actor.user_id == user.pk,
        "organizations": list(organizations_of(user)[:PEOPLE]),
        "founded_at": user.date_joined,
    }
