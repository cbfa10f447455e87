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
from accounts.web.org_head import open_organization
from governance.policies.outcomes import Outcome
from governance.reviews import queue
from governance.reviews.gathering import ChangeReview, reviews_of
from governance.reviews.people import DECIDING
from governance.web.change_view import badge_of
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of
from hub.ui.parts import Badge, Tab
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.changes.models import Change
from models_catalog.changes.queries import OPEN_STATES
from models_catalog.storage.models import worst

ROWS = 20
MOST_FILES = 2000  # of one change; larger ones are counted on their own page


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One change in a queue; without ``review`` it is decided, or too large to be judged in a list."""

    change: Change
    review: ChangeReview | None

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.change.discussion.state in OPEN_STATES

    @property
    def failed(self) -> int:
        """Checks that fail."""
        return self._number(Outcome.FAIL)

    @property
    def to_decide(self) -> int:
        """Checks besides the approvals that a person has to decide."""
        return self._number(Outcome.DECIDE)

    @property
    def waits(self) -> int:
        """Checks that wait for the hub."""
        return self._number(Outcome.PENDING)

    def _number(self, outcome: Outcome) -> int:
        checks = self.review.checks if self.review else ()
        return sum(check.outcome == outcome and check.rule != "approvals" for check in checks)

    @property
    def worst(self) -> str:
        """The worst verdict of its files."""
        files = self.review.facts.files if self.review else ()
        return worst(*(file.verdict for file in files)).value if files else ""

    @property
    def badge(self) -> Badge | None:
        """Where it stands, in a few words."""
        return badge_of(self.review) if self.review else None

    @property
    def missing(self) -> Sequence[str]:
        """The roles that have still to approve."""
        if self.review is None:
            return ()
        bench, given = self.review.bench, self.review.facts.approvals
        for_security = bench.needed_security - sum(voice.as_security for voice in given)
        others = bench.needed - len(given) - max(0, for_security)
        names = [_("Security reviewer")] * max(0, for_security)
        return [*names, *[_("Reviewer")] * max(0, others)]


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
        "decided": Listed(_("Decided"), queue.decided_in(namespace), queue.LAST_DECIDED_FIRST),
    }
    if not view.rights & set(DECIDING):
        lists.pop("you")
    context = {"head": view.head, "rights": view.actions} | _page(request, lists)
    return render_page(request, "governance/queue_org.html", context, fragment="queue")


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
    chosen = request.GET.get("view", "")
    chosen = chosen if chosen in lists else ""
    listed = lists[chosen]
    page = page_of(listed.changes, keys=listed.keys, cursor=request.GET.get("cursor"), size=ROWS)
    return {
        "title": listed.title,
        "page": page,
        "rows": _rows(page),
        "chosen": chosen,
        "tabs": [
            Tab(each.title, f"?view={key}" if key else request.path, is_current=key == chosen)
            for key, each in lists.items()
        ],
    }


def _rows(page: Page[Change]) -> list[QueueRow]:
    judged = [
        change
        for change in page.rows
        if change.discussion.state in OPEN_STATES and change.head.file_count <= MOST_FILES
    ]
    reviews = reviews_of(judged) if judged else {}
    return [QueueRow(change, reviews.get(change.pk)) for change in page.rows]
