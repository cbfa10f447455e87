"""Queues of reviews: an organisation's, and one's own across organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.namespaces.models import Namespace
from accounts.web.org_head import open_organization
from governance.reviews import queue
from governance.reviews.queue_lists import Listed, judged, lists_in, own_lists
from governance.web.queue_rows import QueueRow, in_words
from governance.web.review_forms import QueueForm
from hub.core.pagination import Page, page_of
from hub.ui.parts import Fact, Tab
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest

ROWS = 20
MOST_COUNTED = 999


@require_safe
def org_reviews(request: HubRequest, org: str) -> HttpResponse:
    """What waits in an organisation, for its insiders."""
    view = open_organization(org, actor=request.actor, tab="reviews")
    lists = lists_in(view.organization, actor=request.actor)
    titles = {
        "": _("All open"),
        "you": _("Waiting for you"),
        "author": _("Waiting for the author"),
        "late": _("Past the due date"),
        "requests": _("Requests"),
        "decided": _("Decided"),
    }
    context = _page(request, lists, titles) | {"head": view.head, "rights": view.actions}
    context["stats"] = _stats(view.organization.namespace, context["tabs"])
    return render_page(request, "governance/queue_org.html", context, fragment="queue")


def _stats(namespace: Namespace, tabs: Sequence[Tab]) -> list[Fact]:
    known = {tab.url: tab.count for tab in tabs}
    pace = queue.pace_of(namespace)
    late = str(known["?view=late"])
    took = in_words(pace.median) if pace.median is not None else "–"
    return [
        Fact(_("Open"), str(tabs[0].count)),
        Fact(_("Past the due date"), late, "?view=late", "bad" if late != "0" else ""),
        Fact(_("Median time to decide"), took),
        Fact(_("Decided in 30 days"), str(pace.decided)),
    ]


@require_safe
def my_reviews(request: HubRequest) -> HttpResponse:
    """What waits for the visitor in all organisations, and their own changes."""
    titles = {
        "": _("Waiting for you"),
        "author": _("Waiting for the author"),
        "own": _("Your own"),
        "all": _("All open"),
        "requests": _("Requests"),
        "decided": _("Decided by you"),
    }
    context = {"section": "reviews"} | _page(request, own_lists(actor=request.actor), titles)
    return render_page(request, "governance/queue_own.html", context, fragment="queue")


def _page(
    request: HubRequest, lists: Mapping[str, Listed], titles: Mapping[str, str]
) -> dict[str, Any]:
    form = QueueForm(request.GET)
    chosen = request.GET.get("view", "")
    chosen = chosen if chosen in lists else ""
    listed = lists[chosen]
    keys = queue.NEWEST_FIRST if form.newest_first else listed.keys
    rows = queue.narrowed(listed.changes, words=form.words, kind=form.only_kind, asked=form.person)
    page = page_of(rows, keys=keys, cursor=request.GET.get("cursor"), size=ROWS)
    return {
        "title": titles[chosen],
        "page": page,
        "rows": _rows(page),
        "chosen": chosen,
        "form": form,
        "tabs": [
            Tab(
                titles[key],
                f"?view={key}" if key else request.path,
                _counted(each.changes),
                is_current=key == chosen,
            )
            for key, each in lists.items()
        ],
    }


def _counted(changes: QuerySet[Any]) -> int | str:
    """How many there are, counted no further than a page could tell."""
    found = changes.order_by()[: MOST_COUNTED + 1].count()
    return found if found <= MOST_COUNTED else f"{MOST_COUNTED}+"


def _rows(page: Page[Any]) -> list[QueueRow]:
    reviews = judged(page.rows)
    return [QueueRow(change, reviews.get(change.pk)) for change in page.rows]
