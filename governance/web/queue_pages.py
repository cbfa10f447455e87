"""Queues of reviews: an organisation's, and one's own across organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.authz.policy import Right
from accounts.authz.queries import require_person
from accounts.namespaces.models import Namespace
from accounts.web.org_head import open_organization
from governance.reviews import queue
from governance.reviews.gathering import reviews_of
from governance.reviews.people import DECIDING
from governance.web.queue_rows import QueueRow, in_words
from governance.web.review_forms import QueueForm
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of
from hub.ui.parts import Fact, Tab
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.changes.models import Change
from models_catalog.changes.queries import OPEN_STATES

ROWS = 20
MOST_COUNTED = 999
MOST_FILES = 2000  # of one change; larger ones are counted on their own page


@require_safe
def org_reviews(request: HubRequest, org: str) -> HttpResponse:
    """What waits in an organisation, for its insiders."""
    view = open_organization(org, actor=request.actor, tab="reviews")
    if Right.SEE_UNRELEASED not in view.rights:
        raise NotFound
    namespace = view.organization.namespace
    waiting = queue.open_in(namespace)
    lists = {
        "": Listed(_("All open"), waiting),
        "you": Listed(_("Waiting for you"), queue.waiting_for(waiting, actor=request.actor)),
        "author": Listed(_("Waiting for the author"), queue.waiting_for_author(waiting)),
        "late": Listed(_("Past the due date"), queue.overdue(waiting)),
        "decided": Listed(_("Decided"), queue.decided_in(namespace), queue.LAST_DECIDED_FIRST),
    }
    if not view.rights & set(DECIDING):
        lists.pop("you")
    context = _page(request, lists) | {"head": view.head, "rights": view.actions}
    context["stats"] = _stats(namespace, context["tabs"])
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
    require_person(request.actor)
    decidable = queue.decidable_by(request.actor)
    lists = {
        "": Listed(_("Waiting for you"), queue.waiting_for(decidable, actor=request.actor)),
        "author": Listed(_("Waiting for the author"), queue.waiting_for_author(decidable)),
        "own": Listed(_("Your own"), queue.own(actor=request.actor)),
        "all": Listed(_("All open"), decidable),
        "decided": Listed(
            _("Decided by you"), queue.decided_by(actor=request.actor), queue.NEWEST_FIRST
        ),
    }
    context = {"section": "reviews"} | _page(request, lists)
    return render_page(request, "governance/queue_own.html", context, fragment="queue")


@dataclass(frozen=True, slots=True)
class Listed:
    """One tab of a queue."""

    title: str
    changes: QuerySet[Change]
    keys: Sequence[str] = queue.OLDEST_FIRST


def _page(request: HubRequest, lists: Mapping[str, Listed]) -> dict[str, Any]:
    form = QueueForm(request.GET)
    chosen = request.GET.get("view", "")
    chosen = chosen if chosen in lists else ""
    listed = lists[chosen]
    keys = queue.NEWEST_FIRST if form.newest_first else listed.keys
    rows = queue.narrowed(listed.changes, words=form.words)
    page = page_of(rows, keys=keys, cursor=request.GET.get("cursor"), size=ROWS)
    return {
        "title": listed.title,
        "page": page,
        "rows": _rows(page),
        "chosen": chosen,
        "form": form,
        "due_days": queue.DUE_AFTER.days,
        "tabs": [
            Tab(
                each.title,
                f"?view={key}" if key else request.path,
                _counted(each.changes),
                is_current=key == chosen,
            )
            for key, each in lists.items()
        ],
    }


def _counted(changes: QuerySet[Change]) -> int | str:
    """How many there are, counted no further than a page could tell."""
    found = changes.order_by()[: MOST_COUNTED + 1].count()
    return found if found <= MOST_COUNTED else f"{MOST_COUNTED}+"


def _rows(page: Page[Change]) -> list[QueueRow]:
    judged = [
        change
        for change in page.rows
        if change.discussion.state in OPEN_STATES and change.head.file_count <= MOST_FILES
    ]
    reviews = reviews_of(judged) if judged else {}
    return [QueueRow(change, reviews.get(change.pk)) for change in page.rows]
