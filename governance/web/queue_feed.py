"""Queues of reviews as Atom, by secret addresses; making and ending those."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.orgs.models import Organization
from accounts.orgs.queries import get_organization
from accounts.web.org_head import open_organization
from governance.reviews.queues.feed import end_queue_feed, make_queue_feed, opened_by
from governance.reviews.queues.lists import waiting_rows
from governance.web.queue_pages import org_queue, own_queue
from governance.web.queue_rows import QueueRow
from governance.web.review_forms import QueueForm
from hub.core.errors import NotFound
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest

FEED = 50


@login_not_required
@require_safe
def feed(request: HubRequest, secret: str) -> HttpResponse:
    """The list that the address asks for, the newest first, for whoever holds the secret; narrowed as the page is."""
    opened = opened_by(secret)
    listed = opened.lists.get(request.GET.get("view", ""))
    if listed is None:
        raise NotFound
    form = QueueForm(request.GET)
    page = listed.page(form.narrowing, newest_first=True, size=FEED)
    name = opened.organization.namespace.name if opened.organization else ""
    base = request.build_absolute_uri("/").rstrip("/")
    where = ("governance:org-reviews", [name]) if name else ("governance:my-reviews", [])
    context = {
        "whose": opened.organization.display_name if opened.organization else opened.actor.user,
        "rows": waiting_rows(page.rows, QueueRow),
        "updated": page.rows[0].opened_at if page.rows else opened.created_at,
        "base": base,
        "page_url": base + reverse(where[0], args=where[1]),
    }
    response = render_page(request, "governance/queue.atom", context)
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def org_feed_address(request: HubRequest, org: str) -> HttpResponse:
    """Make the secret address of an organisation's queue and show it this once, or end it."""
    organization = get_organization(org)
    if "end" in request.POST:
        return _end(request, organization)
    address = _made(request, organization)
    view = open_organization(org, actor=request.actor, tab="reviews")
    return _shown_once(org_queue(request, view, address=address))


@require_POST
def own_feed_address(request: HubRequest) -> HttpResponse:
    """The same for what waits for oneself."""
    if "end" in request.POST:
        return _end(request, None)
    return _shown_once(own_queue(request, address=_made(request, None)))


def _made(request: HubRequest, organization: Organization | None) -> str:
    secret = make_queue_feed(organization, actor=request.actor)
    return request.build_absolute_uri(reverse("governance:queue-feed", args=[secret]))


def _end(request: HubRequest, organization: Organization | None) -> HttpResponse:
    end_queue_feed(organization, actor=request.actor)
    messages.success(request, _("The address no longer works."))
    if organization is None:
        return redirect("governance:my-reviews")
    return redirect("governance:org-reviews", organization.namespace.name)


def _shown_once(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
