"""Service accounts of an organisation: listed, made, changed, disabled and enabled."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.authz.policy import ROLE_TITLES, Right
from accounts.authz.queries import require_right
from accounts.orgs.queries import holds_any_role, roles_of
from accounts.robots.actions import (
    change_robot,
    create_robot,
    disable_robot,
    enable_robot,
    set_robot_roles,
)
from accounts.robots.models import ServiceAccount
from accounts.robots.queries import get_robot, live_tokens_of, robot_page, robot_token_page
from accounts.teams.queries import teams_of_person
from accounts.web.org_areas import people_nav
from accounts.web.org_head import OrganizationView, open_organization
from accounts.web.robot_forms import DisableForm, NewRobotForm, RobotForm
from accounts.web.token_limits import token_rows
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest

MOST_TEAMS = 50


@require_safe
def robots(request: HubRequest, org: str) -> HttpResponse:
    """Every service account with who answers for it."""
    view = open_organization(org, actor=request.actor, tab="people")
    page = robot_page(view.organization, actor=request.actor, cursor=request.GET.get("cursor"))
    tokens = live_tokens_of(page.rows)
    roles = roles_of(view.organization, [each.user for each in page.rows])
    context = area(request, view) | {
        "page": page,
        "rows": [
            (
                each,
                [ROLE_TITLES[role] for role in roles.get(each.user_id, ())],
                tokens.get(each.pk, 0),
            )
            for each in page.rows
        ],
    }
    return render_page(request, "accounts/robots.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_robot(request: HubRequest, org: str) -> HttpResponse:
    """The form for a service account; account and roles are made together or not at all."""
    view = open_organization(org, actor=request.actor, tab="people")
    require_right(view.rights, Right.MEMBERS, request.actor, on=view.head.name)
    form = NewRobotForm(
        request.POST or None,
        organization=view.head.name,
        initial={"responsible": request.actor.label},
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals(), transaction.atomic():
            entered = dict(form.cleaned_data)
            roles = entered.pop("roles")
            made = create_robot(view.organization, **entered, actor=request.actor)
            set_robot_roles(made, roles=roles, actor=request.actor)
            messages.success(
                request,
                _("%(name)s is made. Now make a token for it.") % {"name": made.user.username},
            )
            return redirect("accounts:robot", view.head.name, made.user.username)
    context = area(request, view) | {"form": form}
    return render_page(
        request, "accounts/robot_form.html", context, status=422 if form.errors else 200
    )


@require_safe
def robot(request: HubRequest, org: str, name: str) -> HttpResponse:
    """What one is for, what it may do, and its tokens."""
    view, account = open_robot(request, org, name)
    page = robot_token_page(account, actor=request.actor, cursor=request.GET.get("cursor"))
    roles = roles_of(view.organization, [account.user]).get(account.user_id, ())
    answers = account.responsible
    context = area(request, view) | {
        "account": account,
        "roles": [ROLE_TITLES[role] for role in roles],
        "teams": list(teams_of_person(account.user)[:MOST_TEAMS]),
        "is_answered_for": answers.is_active and holds_any_role(view.organization, answers),
        "page": page,
        "rows": token_rows(page.rows, actor=request.actor),
    }
    return render_page(request, "accounts/robot.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_robot(request: HubRequest, org: str, name: str) -> HttpResponse:
    """Purpose, who answers for it, and its roles; all or nothing is saved."""
    view, account = open_robot(request, org, name)
    roles = roles_of(view.organization, [account.user]).get(account.user_id, ())
    stored = {
        "purpose": account.purpose,
        "responsible": account.responsible.username,
        "roles": [role.value for role in roles],
    }
    form = RobotForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        with form.refusals(), transaction.atomic():
            entered = dict(form.cleaned_data)
            wanted = entered.pop("roles")
            change_robot(account, **entered, actor=request.actor)
            set_robot_roles(account, roles=wanted, actor=request.actor)
            messages.success(request, _("Saved."))
            return redirect("accounts:robot", view.head.name, account.user.username)
    context = area(request, view) | {"form": form, "account": account}
    return render_page(
        request, "accounts/robot_form.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def disable(request: HubRequest, org: str, name: str) -> HttpResponse:
    """Ask why, then stop it."""
    view, account = open_robot(request, org, name)
    form = DisableForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            disable_robot(account, **form.cleaned_data, actor=request.actor)
            messages.success(
                request,
                _("%(name)s is disabled, and its tokens are revoked.")
                % {"name": account.user.username},
            )
            return redirect("accounts:robot", view.head.name, account.user.username)
    context = area(request, view) | {"form": form, "account": account}
    return render_page(
        request, "accounts/robot_disable.html", context, status=422 if form.errors else 200
    )


@require_POST
def enable(request: HubRequest, org: str, name: str) -> HttpResponse:
    """Let it work again."""
    view, account = open_robot(request, org, name)
    enable_robot(account, actor=request.actor)
    messages.success(
        request,
        _("%(name)s works again. Make a token for it.") % {"name": account.user.username},
    )
    return redirect("accounts:robot", view.head.name, account.user.username)


def open_robot(request: HubRequest, org: str, name: str) -> tuple[OrganizationView, ServiceAccount]:
    """The organisation and one of its service accounts, for those who manage members."""
    view = open_organization(org, actor=request.actor, tab="people")
    return view, get_robot(view.organization, name, actor=request.actor)


def area(request: HubRequest, view: OrganizationView) -> dict[str, object]:
    """What every page about service accounts shows around its own."""
    return {
        "head": view.head,
        "rights": view.actions,
        "nav": people_nav(view, "robots", actor=request.actor),
        "nav_label": _("People"),
    }
