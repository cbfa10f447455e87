"""Access tokens: listed, made and shown once, revoked."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.authz.queries import require_no_token
from accounts.tokens.actions import Limits, create_token, revoke_token
from accounts.tokens.models import Token
from accounts.tokens.queries import get_token, token_page
from accounts.web.forms import TokenForm
from accounts.web.fresh_sign_in import must_prove_again, prove_again
from accounts.web.settings_nav import settings_nav
from accounts.web.token_limits import repos_to_limit_to, token_rows
from hub.ui.parts import Snippet
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@require_safe
def tokens(request: HubRequest) -> HttpResponse:
    """One's tokens."""
    page = token_page(actor=request.actor, cursor=request.GET.get("cursor"))
    context = {
        "nav": settings_nav("tokens"),
        "page": page,
        "rows": token_rows(page.rows, actor=request.actor),
    }
    return render_page(request, "accounts/tokens.html", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request: HubRequest) -> HttpResponse:
    """The form for a token; sent, it answers with the secret itself, which is kept nowhere."""
    require_no_token(request.actor, to="make tokens")
    user = request.actor.user
    assert user is not None
    form = TokenForm(request.POST or None, user=user, asks_password=must_prove_again(request))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            prove_again(request, user, form.cleaned_data.get("password"))
            token, secret = create_token(
                form.cleaned_data["name"],
                scope=form.cleaned_data["scope"],
                expires_at=form.expires_at,
                limits=Limits(
                    namespaces=form.chosen,
                    repos=repos_to_limit_to(form.named, form.chosen, actor=request.actor),
                ),
                actor=request.actor,
            )
            return _show_once(request, token, secret)
    context = {"nav": settings_nav("tokens"), "form": form}
    return render_page(
        request, "accounts/token_new.html", context, status=422 if form.errors else 200
    )


def ways_to_use(secret: str) -> list[Snippet]:
    """How a program sends a new token."""
    model = f"{settings.PUBLIC_URL}/ORG/MODEL"
    ask = f'curl -fL -H "Authorization: Bearer {secret}"'
    return [
        Snippet(_("One file"), f"{ask} \\\n  -O {model}/resolve/main/config.json"),
        Snippet(_("All files"), f"{ask} \\\n  -o model.zip {model}/archive/main.zip"),
    ]


def _show_once(request: HubRequest, token: Token, secret: str) -> HttpResponse:
    context = {
        "nav": settings_nav("tokens"),
        "token": token,
        "secret": secret,
        "uses": ways_to_use(secret),
    }
    response = render_page(request, "accounts/token_made.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HubRequest, token_id: int) -> HttpResponse:
    """Ask, then stop a token."""
    token = get_token(token_id, actor=request.actor)
    if request.method == "POST":
        revoke_token(token, actor=request.actor)
        messages.success(
            request, _("%(name)s is revoked and no longer works.") % {"name": token.name}
        )
        return redirect("accounts:tokens")
    return render_page(
        request, "accounts/token_revoke.html", {"nav": settings_nav("tokens"), "token": token}
    )
