"""One's own invitations, and answering or withdrawing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.authz.policy import ROLE_TITLES
from accounts.authz.queries import require_person
from accounts.orgs.actions import answer_invitation
from accounts.orgs.queries import get_open_invitation, own_invitation_page
from accounts.web.settings_nav import settings_nav
from accounts.web.words import ROLE_MEANS
from hub.core.errors import Invalid
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@require_safe
def invitations(request: HubRequest) -> HttpResponse:
    """What one has been offered."""
    require_person(request.actor)
    page = own_invitation_page(actor=request.actor, cursor=request.GET.get("cursor"))
    context = {
        "nav": settings_nav("invitations"),
        "page": page,
        "rows": [
            (each, ROLE_TITLES[each.offered_role], ROLE_MEANS[each.role]) for each in page.rows
        ],
    }
    return render_page(request, "accounts/invitations.html", context)


@require_POST
def answer(request: HubRequest, invitation_id: int) -> HttpResponse:
    """Accept, decline or withdraw an invitation."""
    given = request.POST.get("answer", "")
    if given not in ("accept", "decline", "withdraw"):
        raise Invalid(_("Answer an invitation with accept or decline."))
    found = get_open_invitation(invitation_id, actor=request.actor)
    org = found.organization.namespace.name
    answer_invitation(found, accept=given == "accept", actor=request.actor)
    if given == "accept":
        messages.success(request, _("You are now a member of %(org)s.") % {"org": org})
        return redirect("accounts:people", org)
    if found.invitee_id == request.actor.user_id:
        messages.success(request, _("Declined."))
        return redirect("accounts:invitations")
    messages.success(request, _("Withdrawn."))
    return redirect("accounts:people", org)
