"""Teams of an organisation: listed, made, changed, filled and deleted."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.authz.policy import Right
from accounts.authz.queries import require_right
from accounts.teams.actions import (
    add_to_team,
    create_team,
    delete_team,
    describe_team,
    remove_from_team,
    rename_team,
)
from accounts.teams.models import Team
from accounts.teams.queries import (
    get_team_member,
    get_visible_team,
    own_team_page,
    people_in,
    team_member_page,
    team_page,
)
from accounts.users.queries import get_user
from accounts.web.org_areas import people_nav
from accounts.web.org_head import OrganizationView, open_organization
from accounts.web.settings_nav import settings_nav
from accounts.web.team_forms import TeamForm, TeamMemberForm
from hub.core.errors import Invalid, NotFound
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@require_safe
def teams(request: HubRequest, org: str) -> HttpResponse:
    """Every team with how many belong to it; for those who belong to the organisation."""
    view = open_organization(org, actor=request.actor, tab="people")
    page = team_page(view.organization, actor=request.actor, cursor=request.GET.get("cursor"))
    people = people_in(page.rows)
    context = _area(request, view) | {
        "page": page,
        "rows": [(team, people.get(team.pk, 0)) for team in page.rows],
    }
    return render_page(request, "accounts/teams.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_team(request: HubRequest, org: str) -> HttpResponse:
    """The form for a team."""
    view = open_organization(org, actor=request.actor, tab="people")
    require_right(view.rights, Right.MEMBERS, request.actor, on=view.head.name)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = create_team(view.organization, **form.cleaned_data, actor=request.actor)
            messages.success(
                request, _("The team %(name)s is made. Now add people.") % {"name": made.name}
            )
            return redirect("accounts:team", view.head.name, made.name)
    context = _area(request, view) | {"form": form}
    return render_page(
        request, "accounts/team_form.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HubRequest, org: str, team: str) -> HttpResponse:
    """Who belongs to a team; sent, it adds somebody."""
    view, found = _open(request, org, team)
    form = TeamMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            try:
                person = get_user(form.cleaned_data["username"])
            except NotFound as error:
                raise Invalid(error.message, field="username") from error
            add_to_team(found, person, actor=request.actor)
            messages.success(
                request,
                _("%(name)s is in %(team)s.") % {"name": person.name, "team": found.name},
            )
            return redirect("accounts:team", view.head.name, found.name)
    context = _area(request, view) | {
        "team": found,
        "form": form,
        "page": team_member_page(found, cursor=request.GET.get("cursor")),
    }
    return render_page(request, "accounts/team.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_team(request: HubRequest, org: str, team: str) -> HttpResponse:
    """What a team is called and what it is for; both or neither are saved."""
    view, found = _open(request, org, team)
    require_right(view.rights, Right.MEMBERS, request.actor, on=view.head.name)
    form = TeamForm(
        request.POST or None, initial={"name": found.name, "description": found.description}
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals(), transaction.atomic():
            rename_team(found, name=form.cleaned_data["name"], actor=request.actor)
            describe_team(found, description=form.cleaned_data["description"], actor=request.actor)
            messages.success(request, _("Saved."))
            return redirect("accounts:team", view.head.name, found.name)
    context = _area(request, view) | {"form": form, "team": found}
    return render_page(
        request, "accounts/team_form.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: HubRequest, org: str, team: str, name: str) -> HttpResponse:
    """Ask, then take somebody out of a team; one's own name is leaving."""
    view, found = _open(request, org, team)
    person = get_team_member(found, name)
    is_self = person.pk == request.actor.user_id
    if not is_self:
        require_right(view.rights, Right.MEMBERS, request.actor, on=view.head.name)
    if request.method == "POST":
        remove_from_team(found, person, actor=request.actor)
        said = _("You have left %(team)s.") if is_self else _("%(name)s is no longer in %(team)s.")
        messages.success(request, said % {"team": found.name, "name": person.name})
        return redirect("accounts:teams", view.head.name)
    context = _area(request, view) | {"team": found, "person": person, "is_self": is_self}
    return render_page(request, "accounts/team_member_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HubRequest, org: str, team: str) -> HttpResponse:
    """Ask, then delete a team with what was granted to it."""
    view, found = _open(request, org, team)
    require_right(view.rights, Right.MEMBERS, request.actor, on=view.head.name)
    if request.method == "POST":
        delete_team(found, actor=request.actor)
        messages.success(request, _("The team %(name)s is deleted.") % {"name": found.name})
        return redirect("accounts:teams", view.head.name)
    context = _area(request, view) | {
        "team": found,
        "people": people_in([found]).get(found.pk, 0),
        "models": found.group.repo_grants.count(),
    }
    return render_page(request, "accounts/team_delete.html", context)


@require_safe
def own_teams(request: HubRequest) -> HttpResponse:
    """The teams that one belongs to, in every organisation."""
    page = own_team_page(actor=request.actor, cursor=request.GET.get("cursor"))
    people = people_in(page.rows)
    context = {
        "nav": settings_nav("teams"),
        "page": page,
        "rows": [(team, people.get(team.pk, 0)) for team in page.rows],
    }
    return render_page(request, "accounts/own_teams.html", context)


def _open(request: HubRequest, org: str, name: str) -> tuple[OrganizationView, Team]:
    view = open_organization(org, actor=request.actor, tab="people")
    return view, get_visible_team(view.organization, name, actor=request.actor)


def _area(request: HubRequest, view: OrganizationView) -> dict[str, object]:
    return {
        "head": view.head,
        "rights": view.actions,
        "nav": people_nav(view, "teams", actor=request.actor),
        "nav_label": _("People"),
    }
