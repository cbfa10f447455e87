"""Webhooks of an organisation, a model or oneself; one of them with its log, and one message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.authz.queries import require_person
from accounts.web.org_areas import org_settings_nav
from accounts.web.org_head import open_organization
from accounts.web.settings_nav import settings_nav
from governance.web.webhook_forms import WebhookForm
from governance.webhooks.actions import (
    change_webhook,
    create_webhook,
    delete_webhook,
    replay,
    rotate_secret,
    send_test,
)
from governance.webhooks.models import Delivery, Webhook
from governance.webhooks.owners import Owner, owner_of, place_of
from governance.webhooks.queries import delivery_page, get_delivery, get_webhook, webhook_page
from governance.webhooks.signing import shown_headers
from hub.core.errors import DomainError
from hub.ui.addresses import address
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.web.head import open_model
from models_catalog.web.settings_nav import settings_tabs

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def org_webhooks(request: HubRequest, org: str) -> HttpResponse:
    """Those of an organisation."""
    view = open_organization(org, actor=request.actor, tab="settings")
    context = {"head": view.head, "nav": org_settings_nav(view, "webhooks")}
    return _list(request, view.organization, "org", context)


@require_http_methods(METHODS)
def model_webhooks(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Those of a model."""
    view = open_model(request, namespace, name, tab="settings")
    tabs = settings_tabs(view.repo, current="webhooks")
    return _list(request, view.repo, "model", {"head": view.head, "view": view, "tabs": tabs})


@require_http_methods(METHODS)
def own_webhooks(request: HubRequest) -> HttpResponse:
    """One's own."""
    require_person(request.actor)
    assert request.actor.user is not None
    return _list(request, request.actor.user, "own", {"nav": settings_nav("webhooks")})


def _list(request: HubRequest, owner: Owner, kind: str, context: Mapping[str, Any]) -> HttpResponse:
    """What there is, and the form for another; sent, it answers with the secret, which is shown this once."""
    page = webhook_page(owner, actor=request.actor, cursor=request.GET.get("cursor"))
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made, secret = create_webhook(owner, **form.cleaned_data, actor=request.actor)
            return _one(request, made, secret=secret)
    values = {**context, "page": page, "form": form, "owner": place_of(owner).label}
    values |= {"guide": address("guide:page", "webhooks")}
    status = 422 if form.errors else 200
    return render_page(request, f"governance/webhooks_{kind}.html", values, status=status)


@require_http_methods(METHODS)
def webhook(request: HubRequest, public_id: UUID) -> HttpResponse:
    """One with the form to change it and the log of what was sent."""
    found = get_webhook(public_id, actor=request.actor)
    initial = {"url": found.url, "events": found.events}
    form = WebhookForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            change_webhook(found, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("Saved."))
            return redirect("governance:webhook", public_id)
    return _one(request, found, form=form)


@require_POST
def webhook_act(request: HubRequest, public_id: UUID, act: str) -> HttpResponse:
    """Test it, turn it on or off, give it a new secret, or remove it."""
    found = get_webhook(public_id, actor=request.actor)
    if act == "secret":
        is_at_once = request.POST.get("at_once") == "on"
        secret = rotate_secret(found, at_once=is_at_once, actor=request.actor)
        return _one(request, found, secret=secret)
    try:
        if act == "delete":
            where = _list_of(found)
            delete_webhook(found, actor=request.actor)
            messages.success(request, _("The webhook is removed."))
            return redirect(where)
        if act == "test":
            sent = send_test(found, actor=request.actor)
            messages.success(
                request, _("A message is on its way. Load this page again to see the answer.")
            )
            return redirect("governance:delivery", public_id, sent.pk)
        change_webhook(found, is_active=act == "on", actor=request.actor)
        messages.success(
            request, _("The webhook is on.") if act == "on" else _("The webhook is off.")
        )
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect("governance:webhook", public_id)


@require_safe
def delivery(request: HubRequest, public_id: UUID, delivery_id: UUID) -> HttpResponse:
    """One message as it was sent, and every answer."""
    found = get_webhook(public_id, actor=request.actor)
    sent = get_delivery(found, delivery_id)
    context = {
        "webhook": found,
        "owner": place_of(owner_of(found)).label,
        "delivery": sent,
        "tries": [(each, _shown(sent, each.timestamp)) for each in sent.attempts.order_by("-pk")],
    }
    return render_page(request, "governance/delivery.html", context)


@require_POST
def replay_delivery(request: HubRequest, public_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send it once more."""
    found = get_webhook(public_id, actor=request.actor)
    try:
        replay(get_delivery(found, delivery_id), actor=request.actor)
        messages.success(request, _("It is sent again, with the same id."))
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect("governance:delivery", public_id, delivery_id)


def _one(
    request: HubRequest, found: Webhook, *, form: WebhookForm | None = None, secret: str = ""
) -> HttpResponse:
    form = form or WebhookForm(initial={"url": found.url, "events": found.events})
    page = delivery_page(found, cursor=request.GET.get("cursor"))
    context = {
        "webhook": found,
        "owner": place_of(owner_of(found)).label,
        "back": _list_of(found),
        "form": form,
        "secret": secret,
        "page": page,
        "guide": address("guide:page", "webhooks"),
    }
    status = 422 if form.errors else 200
    response = render_page(request, "governance/webhook.html", context, status=status)
    if secret:
        response.headers["Cache-Control"] = "no-store"
    return response


def _list_of(found: Webhook) -> str:
    if found.repo is not None:
        return f"/{found.repo.full_name}/settings/webhooks"
    if found.person is not None:
        return "/settings/webhooks"
    return f"/orgs/{found.namespace.name}/webhooks"


def _shown(sent: Delivery, timestamp: int) -> str:
    headers = shown_headers(sent, timestamp=timestamp)
    return "\n".join(f"{name}: {value}" for name, value in headers.items())
