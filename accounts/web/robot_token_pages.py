"""Tokens of service accounts: made and shown once, rotated, revoked."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.authz.queries import require_no_token
from accounts.robots.actions import create_robot_token, revoke_robot_token, rotate_robot_token
from accounts.robots.models import ServiceAccount
from accounts.robots.queries import get_robot_token
from accounts.tokens.models import Token
from accounts.web.fresh_sign_in import must_prove_again, prove_again
from accounts.web.org_head import OrganizationView
from accounts.web.robot_forms import RobotTokenForm, RotateForm
from accounts.web.robot_pages import area, open_robot
from accounts.web.token_limits import repos_to_limit_to
from accounts.web.token_pages import ways_to_use
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request: HubRequest, org: str, name: str) -> HttpResponse:
    """The form for a token; sent, it answers with the secret itself, which is kept nowhere."""
    require_no_token(request.actor, to=_("make tokens"))
    view, account = open_robot(request, org, name)
    form = RobotTokenForm(request.POST or None, asks_password=must_prove_again(request))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            assert request.actor.user is not None
            prove_again(request, request.actor.user, form.cleaned_data.get("password"))
            home = [view.organization.namespace]
            token, secret = create_robot_token(
                account,
                form.cleaned_data["name"],
                scope=form.cleaned_data["scope"],
                expires_at=form.expires_at,
                repos=repos_to_limit_to(form.named, home, actor=request.actor),
                actor=request.actor,
            )
            return _show_once(request, view, account, token, secret)
    context = area(request, view) | {"account": account, "form": form}
    return render_page(
        request, "accounts/robot_token_new.html", context, status=422 if form.errors else 200
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def rotate(request: HubRequest, org: str, name: str, token_id: int) -> HttpResponse:
    """Ask how long the old one goes on, then make a new one in its place."""
    require_no_token(request.actor, to=_("make tokens"))
    view, account = open_robot(request, org, name)
    token = get_robot_token(account, token_id, actor=request.actor)
    form = RotateForm(request.POST or None, asks_password=must_prove_again(request))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            assert request.actor.user is not None
            prove_again(request, request.actor.user, form.cleaned_data.get("password"))
            made, secret = rotate_robot_token(
                account,
                token,
                overlap=timedelta(hours=form.cleaned_data["hours"]),
                actor=request.actor,
            )
            return _show_once(request, view, account, made, secret)
    context = area(request, view) | {"account": account, "token": token, "form": form}
    return render_page(
        request, "accounts/robot_token_rotate.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HubRequest, org: str, name: str, token_id: int) -> HttpResponse:
    """Ask, then stop a token."""
    view, account = open_robot(request, org, name)
    token = get_robot_token(account, token_id, actor=request.actor)
    if request.method == "POST":
        revoke_robot_token(account, token, actor=request.actor)
        messages.success(
            request, _("%(name)s is revoked and no longer works.") % {"name": token.name}
        )
        return redirect("accounts:robot", view.head.name, account.user.username)
    context = area(request, view) | {"account": account, "token": token}
    return render_page(request, "accounts/robot_token_revoke.html", context)


def _show_once(
    request: HubRequest,
    view: OrganizationView,
    account: ServiceAccount,
    token: Token,
    secret: str,
) -> HttpResponse:
    context = area(request, view) | {
        "account": account,
        "token": token,
        "secret": secret,
        "uses": ways_to_use(secret),
    }
    response = render_page(request, "accounts/robot_token_made.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
