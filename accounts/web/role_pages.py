"""What each role may do in an organisation, as a table made from the one that decides."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.authz.policy import (
    RIGHT_TITLES,
    ROBOT_ROLES,
    ROLE_TITLES,
    Right,
    Role,
    rights_of_role,
)
from accounts.web.org_areas import people_nav
from accounts.web.org_head import open_organization
from accounts.web.words import ROLE_MEANS
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@login_not_required
@require_safe
def roles(request: HubRequest, org: str) -> HttpResponse:
    """Every right with the roles that hold it here; who may add models is the organisation's own choice."""
    view = open_organization(org, actor=request.actor, tab="people")
    creator = view.organization.who_creates
    held = {role: rights_of_role(role, who_creates=creator) for role in Role}
    context = {
        "head": view.head,
        "rights": view.actions,
        "nav": people_nav(view, "roles", actor=request.actor),
        "nav_label": _("People"),
        "roles": [
            (ROLE_TITLES[role], ROLE_MEANS[role.value], role in ROBOT_ROLES) for role in Role
        ],
        "rows": [
            (
                RIGHT_TITLES[right],
                right.value,
                [(ROLE_TITLES[role], right in held[role]) for role in Role],
            )
            for right in Right
        ],
        "creator": ROLE_TITLES[Role(creator)],
    }
    return render_page(request, "accounts/roles.html", context)
