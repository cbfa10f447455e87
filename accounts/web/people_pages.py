"""Who belongs to an organisation: roles, invitations, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.authz.policy import ROLE_TITLES, Right
from accounts.authz.queries import require_person, require_right
from accounts.orgs.actions import invite_member, remove_member, set_roles
from accounts.orgs.queries import get_member, member_page, open_invitation_page
from accounts.web.forms import InvitationForm, RolesForm
from accounts.web.org_areas import people_nav
from accounts.web.org_head import open_organization
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@login_not_required
@require_safe
def people(request: HubRequest, org: str) -> HttpResponse:
    """Members with their roles; for those who may invite, the open invitations."""
    view = open_organization(org, actor=request.actor, tab="people")
    page = member_page(
        view.organization,
        with_suspended=Right.MEMBERS in view.rights,
        cursor=request.GET.get("cursor"),
    )
    invitations = None
    if Right.MEMBERS in view.rights:
        invitations = open_invitation_page(
            view.organization, actor=request.actor, cursor=request.GET.get("invited")
        )
    context = {
        "head": view.head,
        "rights": view.actions,
        "nav": people_nav(view, "members", actor=request.actor),
        "nav_label": _("People"),
        "page": page,
        "members": [
            (each.user, [ROLE_TITLES[role] for role in each.roles]) for each in page.members
        ],
        "invitations": invitations,
        "invited": [(each, ROLE_TITLES[each.offered_role]) for each in invitations.rows]
        if invitations
        else [],
    }
    return render_page(request, "accounts/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HubRequest, org: str) -> HttpResponse:
    """Offer somebody a role."""
    view = open_organization(org, actor=request.actor, tab="people")
    require_right(view.rights, Right.MEMBERS, request.actor, on=view.head.name)
    form = InvitationForm(request.POST or None, rights=view.rights)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = invite_member(view.organization, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("%(name)s is invited.") % {"name": made.invitee.username})
            return redirect("accounts:people", view.head.name)
    context = {"head": view.head, "form": form}
    return render_page(request, "accounts/invite.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def member_roles(request: HubRequest, org: str, name: str) -> HttpResponse:
    """The roles of one member."""
    view = open_organization(org, actor=request.actor, tab="people")
    require_right(view.rights, Right.MEMBERS, request.actor, on=view.head.name)
    member = get_member(view.organization, name)
    form = RolesForm(
        request.POST if request.method == "POST" else None, initial={"roles": list(member.roles)}
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            set_roles(view.organization, member.user, **form.cleaned_data, actor=request.actor)
            messages.success(
                request, _("The roles of %(name)s are saved.") % {"name": member.user.name}
            )
            return redirect("accounts:people", view.head.name)
    context = {"head": view.head, "form": form, "member": member.user}
    return render_page(
        request, "accounts/member_roles.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: HubRequest, org: str, name: str) -> HttpResponse:
    """Ask, then take all roles of a member away; one's own is leaving."""
    view = open_organization(org, actor=request.actor, tab="people")
    member = get_member(view.organization, name)
    is_self = member.user.pk == request.actor.user_id
    require_person(request.actor)
    if not is_self:
        require_right(view.rights, Right.MEMBERS, request.actor, on=view.head.name)
    if request.method == "POST":
        remove_member(view.organization, member.user, actor=request.actor)
        said = _("You have left %(org)s.") if is_self else _("%(name)s is no longer a member.")
        messages.success(request, said % {"org": view.head.title, "name": member.user.name})
        return redirect("accounts:people", view.head.name)
    context = {"head": view.head, "member": member.user, "is_self": is_self}
    return render_page(request, "accounts/member_remove.html", context)
