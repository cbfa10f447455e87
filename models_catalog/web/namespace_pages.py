"""``/<namespace>``: the public page of an organisation or a person."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Sum
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.authz.policy import ROLE_TITLES
from accounts.namespaces.models import Namespace
from accounts.namespaces.queries import get_namespace
from accounts.orgs.queries import member_page, organizations_of
from accounts.users.queries import get_user
from accounts.web.org_head import open_organization
from accounts.web.words import PRESET_MEANS, PRESET_TITLES
from hub.core.actor import Actor
from hub.ui.parts import Fact, OwnerHead
from hub.ui.quantities import count
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.search.models import Approval
from models_catalog.search.queries import ModelQuery, count_models, page_of_models, visible_rows
from models_catalog.web.result_rows import model_row, total_of

PEOPLE = 5
MODELS = 12


@login_not_required
@require_safe
def namespace(request: HubRequest, namespace: str) -> HttpResponse:
    """Their models, who they are, and how their models are governed."""
    owner = get_namespace(namespace)
    query = ModelQuery(
        text=request.GET.get("q", "").strip(),
        chosen={"org": (owner.name,)},
        cursor=request.GET.get("cursor"),
        size=MODELS,
    )
    page = page_of_models(query, actor=request.actor)
    is_whole = query.cursor is None and page.next_cursor is None
    number = len(page.rows) if is_whole else count_models(query, actor=request.actor)
    about = _organization if owner.is_organization else _person
    context = about(owner, request.actor) | {
        "owner": owner,
        "query": query.text,
        "page": page,
        "rows": [model_row(row) for row in page.rows],
        "total": total_of(number),
        "stats": _stats(owner, request.actor),
        "preset": PRESET_TITLES[owner.preset],
        "preset_means": PRESET_MEANS[owner.preset],
    }
    return render_page(request, "catalog/namespace.html", context)


def _stats(owner: Namespace, actor: Actor) -> list[Fact]:
    rows = visible_rows(actor=actor).filter(repo__namespace=owner)
    approved = rows.filter(approval=Approval.APPROVED).count()
    downloads = rows.aggregate(sum=Sum("downloads"))["sum"] or 0
    return [
        Fact(_("Models"), count(rows.count())),
        Fact(_("Approved"), count(approved)),
        Fact(_("Downloads in 30 days"), count(downloads)),
    ]


def _organization(owner: Namespace, actor: Actor) -> dict[str, Any]:
    view = open_organization(owner.name, actor=actor, tab="models", is_title=True)
    people = member_page(view.organization, size=PEOPLE)
    return {
        "head": view.head,
        "may_create": view.actions["create"],
        "people": [
            (member.user, [ROLE_TITLES[role] for role in member.roles]) for member in people.members
        ],
        "has_more_people": people.next_cursor is not None,
        "contact": view.organization.contact,
        "founded_at": view.organization.created_at,
    }


def _person(owner: Namespace, actor: Actor) -> dict[str, Any]:
    user = get_user(owner.name)
    head = OwnerHead(name=owner.name, title=user.name, is_organization=False)
    return {
        "head": head,
        "may_create": actor.user_id == user.pk,
        "organizations": list(organizations_of(user)[:PEOPLE]),
        "founded_at": user.date_joined,
    }
