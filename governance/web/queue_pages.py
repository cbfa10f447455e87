"""Queues of reviews: an organisation's, and one's own across organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.orgs.models import Organization
from accounts.web.org_head import OrganizationView, open_organization
from governance.reviews.queues import queries
from governance.reviews.queues.feed import queue_feed_of
from governance.reviews.queues.lists import Listed, lists_in, own_lists, waiting_rows
from governance.web.queue_rows import QueueRow, in_words
from governance.web.review_forms import QueueForm
from hub.core.actor import Actor
from hub.ui.parts import Fact, Tab
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest

ROWS = 20
MOST_COUNTED = 999


@require_safe
def org_reviews(request: HubRequest, org: str) -> HttpResponse:
    """What waits in an organisation, for its insiders."""
    return org_queue(request, open_organization(org, actor=request.actor, tab="reviews"))


def org_queue(request: HubRequest, view: OrganizationView, *, address: str = "") -> HttpResponse:
    """The page, with the ``address`` of its feed where that was made just now."""
    lists = lists_in(view.organization, actor=request.actor)
    titles = {
        "": _("All open"),
        "you": _("Waiting for you"),
        "team": _("My team"),
        "author": _("Waiting for the author"),
        "decided": _("Decided"),
    }
    here = reverse("governance:org-reviews", args=[view.head.name])
    context = _page(request, lists, titles, here=here) | {"head": view.head, "rights": view.actions}
    context |= _stats(lists) | _feed(view.organization, address, actor=request.actor)
    return render_page(request, "governance/queue_org.html", context, fragment="queue")


def _stats(lists: Mapping[str, Listed]) -> dict[str, Any]:
    waiting = lists[""].entries
    pace = queries.pace_of(lists["decided"].entries)
    late = str(_counted(queries.overdue(waiting)))
    blocked = str(_counted(waiting.filter(is_blocked=True)))
    took = in_words(pace.median) if pace.median is not None else "–"
    return {
        "stats": [
            Fact(_("Past the due date"), late, "?late=on", "bad" if late != "0" else ""),
            Fact(_("Blocked by scan"), blocked, "?blocked=on", "bad" if blocked != "0" else ""),
            Fact(_("Median time to decide"), took),
            Fact(_("Decided in 30 days"), str(pace.decided)),
        ]
    }


@require_safe
def my_reviews(request: HubRequest) -> HttpResponse:
    """What waits for the visitor in all organisations, and what they made themselves."""
    return own_queue(request)


def own_queue(request: HubRequest, *, address: str = "") -> HttpResponse:
    """The page, with the ``address`` of its feed where that was made just now."""
    titles = {
        "": _("Waiting for you"),
        "team": _("My team"),
        "all": _("All open"),
        "author": _("Waiting for the author"),
        "own": _("Your own"),
        "decided": _("Decided by you"),
    }
    lists = own_lists(actor=request.actor)
    context = _page(request, lists, titles, here=reverse("governance:my-reviews"))
    context |= {"section": "reviews"} | _feed(None, address, actor=request.actor)
    return render_page(request, "governance/queue_own.html", context, fragment="queue")


def _feed(organization: Organization | None, address: str, *, actor: Actor) -> dict[str, Any]:
    return {"feed": queue_feed_of(organization, actor=actor), "address": address}


def _page(
    request: HubRequest, lists: Mapping[str, Listed], titles: Mapping[str, str], *, here: str
) -> dict[str, Any]:
    form = QueueForm(request.GET)
    chosen = request.GET.get("view", "")
    chosen = chosen if chosen in lists else ""
    page = lists[chosen].page(
        form.narrowing,
        newest_first=form.newest_first,
        cursor=request.GET.get("cursor"),
        size=ROWS,
    )
    return {
        "title": titles[chosen],
        "page": page,
        "rows": waiting_rows(page.rows, QueueRow),
        "chosen": chosen,
        "form": form,
        "here": here,
        "tabs": _tabs(lists, titles, chosen, here),
    }


def _tabs(
    lists: Mapping[str, Listed], titles: Mapping[str, str], chosen: str, here: str
) -> Sequence[Tab]:
    return [
        Tab(
            titles[key],
            f"{here}?view={key}" if key else here,
            _counted(each.entries),
            is_current=key == chosen,
        )
        for key, each in lists.items()
    ]


def _counted(entries: queries.Entries) -> int | str:
    """How many there are, counted no further than a page could tell."""
    found = entries.order_by()[: MOST_COUNTED + 1].count()
    return found if found <= MOST_COUNTED else f"{MOST_COUNTED}+"
