"""Queues of reviews: an organisation's, and one's own across organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION
from accounts.orgs.queries import get_organization
from governance.api.params import QUEUE_FILTERS, QueueParams, asked
from governance.reviews.queues.lists import Listed, lists_in, own_lists, waiting_rows
from governance.reviews.queues.models import QueueKind, Risk
from governance.reviews.queues.queries import Narrowing
from governance.reviews.queues.risk import Reason
from governance.reviews.waiting import Waiting
from hub.api.fields import StateField
from hub.api.operations import Answer, operation, query
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown_all
from hub.api.views import ApiView
from hub.core.errors import Invalid

RISKS = [risk.name.lower() for risk in Risk]


class CountsShape(serializers.Serializer[Any]):
    """Checks besides those about people, by how they ended."""

    passed = serializers.IntegerField()
    failed = serializers.IntegerField()
    to_decide = serializers.IntegerField(help_text="A person has to decide them.")
    waits = serializers.IntegerField(help_text="The hub has not finished them.")


class QueuedShape(serializers.Serializer[Any]):
    """A change or a request in a queue."""

    kind = serializers.ChoiceField(
        QueueKind.choices, help_text="`publish` and `licence` are changes, the others are requests."
    )
    model = serializers.CharField(source="change.repo.full_name")
    number = serializers.IntegerField(source="change.discussion.number")
    title = serializers.CharField(source="change.discussion.title")
    state = StateField("change", source="change.discussion.state")
    author = serializers.CharField(source="change.discussion.author.username")
    head = serializers.CharField(source="change.head.sha1", help_text="The commit to decide on.")
    version = serializers.CharField(
        source="change.version.title", allow_null=True, default=None, help_text="Null: of none."
    )
    created_at = serializers.DateTimeField(source="change.discussion.created_at")
    closed_at = serializers.DateTimeField(source="change.discussion.closed_at", allow_null=True)
    due_at = serializers.DateTimeField(
        source="due",
        allow_null=True,
        help_text="The first day by which somebody who was asked has to answer, else what the policy says. Null for what is decided.",
    )
    is_late = serializers.BooleanField()
    checks = CountsShape(
        allow_null=True,
        help_text="Null for what is decided, and for changes with very many files: see `review_read`.",
    )
    missing_approvals = serializers.ListField(
        source="missing", child=serializers.CharField(), help_text="Who has still to approve."
    )
    objectors = serializers.ListField(child=serializers.CharField())
    reviewers = serializers.ListField(
        child=serializers.CharField(), help_text="Those whose decision stands."
    )
    verdict = StateField(
        "verdict", allow_null=True, help_text="The worst verdict, where that is a reason to look."
    )
    risk = serializers.ChoiceField(
        RISKS,
        help_text=(
            "How much there is to look out for. `high`: scanning blocks a file, a scan failed, or the policy does not allow "
            "the licence. `some`: any other reason. `low`: none. `unknown`: the hub has not looked at all of it."
        ),
    )
    risk_reasons = serializers.ListField(
        child=serializers.ChoiceField(Reason.values), help_text="Why, the gravest first."
    )


QUEUED_EXAMPLE: dict[str, Any] = {
    "kind": "publish",
    "model": "savanna/minilm",
    "number": 4,
    "title": "Say what it is for",
    "state": {"code": "open", "word": "Open"},
    "author": "ada",
    "head": "9b1cfb9d0c7f6a0f5f6c1f5e4f3a2b1c0d9e8f70",
    "version": "1.2.0",
    "created_at": "2026-11-20T09:30:00Z",
    "closed_at": None,
    "due_at": "2026-11-27T09:30:00Z",
    "is_late": False,
    "checks": {"passed": 5, "failed": 0, "to_decide": 1, "waits": 0},
    "missing_approvals": ["Reviewer"],
    "objectors": [],
    "reviewers": [],
    "verdict": {"code": "suspicious", "word": "Needs a look"},
    "risk": "some",
    "risk_reasons": ["look"],
}


def queued_facts(waiting: Waiting) -> dict[str, Any]:
    """What the answer says of one change or request in a queue."""
    return {
        "kind": waiting.entry.kind,
        "change": waiting.change,
        "due": waiting.due,
        "is_late": waiting.is_late,
        "checks": waiting if waiting.review else None,
        "missing": waiting.missing,
        "objectors": [person.username for person in waiting.objectors],
        "reviewers": [person.username for person in waiting.reviewers],
        "verdict": waiting.verdict or None,
        "risk": waiting.risk.name.lower(),
        "risk_reasons": [reason.value for reason in waiting.reasons],
    }


def _listed(request: Request, lists: Mapping[str, Listed]) -> Response:
    wanted = wanted_page(request)
    params = asked(request, QueueParams)
    if params["view"] not in lists:
        known = ", ".join(name for name in lists if name)
        refusal = _("There is no such list for you here. There are: {known}.").format(known=known)
        raise Invalid(refusal, field="view")
    page = lists[params["view"]].page(
        narrowing_of(params),
        newest_first=params["sort"] == "newest",
        cursor=wanted.cursor,
        size=wanted.size,
    )
    said = [queued_facts(waiting) for waiting in waiting_rows(page.rows)]
    return page_answer(request, shown_all(QueuedShape, said), page)


def narrowing_of(params: Mapping[str, Any]) -> Narrowing:
    """What the address asks for."""
    return Narrowing(
        words=params["q"],
        kind=params["kind"],
        asked=params["asked"],
        risk=Risk[params["risk"].upper()] if params["risk"] else None,
        is_late=params["late"],
        is_blocked=params["blocked"],
    )


class OwnQueue(ApiView):
    """What waits for the caller."""

    @operation(
        name="own_review_list",
        tag="Reviews",
        purpose="List what waits for you",
        answer=Answer(QueuedShape, QUEUED_EXAMPLE, is_list=True),
        parameters=(
            query(
                "view",
                "Which list; what waits for your decision unless told. `team` is there for members of a team.",
                enum=["team", "all", "author", "own", "decided"],
            ),
            *QUEUE_FILTERS,
        ),
    )
    def get(self, request: Request) -> Response:
        """In all organisations."""
        return _listed(request, own_lists(actor=self.actor))


class OrganizationQueue(ApiView):
    """What waits in an organisation."""

    @operation(
        name="review_list",
        tag="Reviews",
        purpose="List what waits in an organisation",
        details="For its insiders; all others get the same 404 as for a name that is nobody’s.",
        answer=Answer(QueuedShape, QUEUED_EXAMPLE, is_list=True),
        places=ORGANIZATION,
        parameters=(
            query(
                "view",
                "Which list; all that is open unless told. `you` is for reviewers, `team` for members of a team.",
                enum=["you", "team", "author", "decided"],
            ),
            *QUEUE_FILTERS,
        ),
    )
    def get(self, request: Request, org: str) -> Response:
        """What is due first, unless asked otherwise."""
        return _listed(request, lists_in(get_organization(org), actor=self.actor))
