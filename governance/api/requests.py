"""``/models/<namespace>/<name>/requests``: asking for promotions, certificates, withdrawals and waivers of rules."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.deciding import Deciding
from governance.api.request_shapes import (
    REQUEST_EXAMPLE,
    RULE_WAIVER_EXAMPLE,
    STANDING_EXAMPLE,
    CloseBody,
    RequestBody,
    RequestShape,
    RequestStandingShape,
    RuleWaiverBody,
    RuleWaiverShape,
)
from governance.api.review_facts import approvals_of, check_facts
from governance.api.review_shapes import DECISION_EXAMPLE, SHA1, DecisionBody, DecisionShape
from governance.reviews.gathering import review_of
from governance.reviews.requests.actions import ask_for, close_request, grant_request
from governance.reviews.requests.check_waivers import (
    check_waivers_in_force,
    end_check_waiver,
    get_check_waiver,
    waive_check,
)
from governance.reviews.requests.kinds import Wish
from governance.reviews.requests.models import ReviewRequest
from governance.reviews.requests.queries import get_request, requests_of
from governance.reviews.subjects import is_open
from hub.api.operations import IF_NONE_MATCH, KEY, MODEL, Answer, Sent, operation, place
from hub.api.shapes import shown
from models_catalog.api.doors import THREAD, OfModel
from models_catalog.changes.queries import get_change
from models_catalog.versions.queries import get_version

RULE_WAIVER = (*MODEL, place("waiver", "The id of the waiver.", example=5, kind=OpenApiTypes.INT))
DETAILS = ("target", "name", "successor", "act", "though_needed", "rule", "days")


class OfRequest(OfModel):
    """An endpoint about one request."""

    def asked(self, namespace: str, name: str, number: int) -> ReviewRequest:
        """The request. Raises ``NotFound``."""
        return get_request(self.repo(namespace, name), number, actor=self.actor)

    def standing(self, asked: ReviewRequest, *, status: int = 200) -> HttpResponseBase:
        """The request with its checks, as it is by now."""
        fresh = get_request(asked.repo, asked.discussion.number, actor=self.actor)
        found: dict[str, Any] = {"due_at": None, "checks": None, "approvals": None}
        if is_open(fresh):
            review = review_of(fresh)
            found = {
                "due_at": review.due_at,
                "checks": [check_facts(check) for check in review.checks],
                "approvals": approvals_of(review),
            }
        said = shown(RequestShape, fresh) | shown(_FoundShape, found)
        return self.one(said, status=status)


class _FoundShape(RequestStandingShape):
    """Only what ``RequestStandingShape`` adds."""

    def get_fields(self) -> dict[str, Any]:
        """Those alone."""
        own = super().get_fields()
        return {name: own[name] for name in ("due_at", "checks", "approvals")}


class Requests(OfRequest):
    """The requests about a model."""

    open_to_strangers = ("GET",)
    spends = {"POST": "write"}

    @operation(
        name="request_list",
        tag="Requests",
        purpose="List requests",
        details="The newest first. Those of a reviewed model are for insiders until they are granted.",
        answer=Answer(RequestShape, REQUEST_EXAMPLE, is_list=True),
        places=MODEL,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """Those that the caller may read."""
        rows = requests_of(self.repo(namespace, name), actor=self.actor)
        return self.listed(rows, RequestShape, keys=("-id",))

    @operation(
        name="request_create",
        tag="Requests",
        purpose="Ask for a review",
        details=(
            "For a promotion (`version`, `target`, `name`), a recertification (`version`), a withdrawal (of the model: "
            "`successor`; of one version: `version`, `act`, `though_needed`) or a waiver of a rule (`change` or `version`, `rule`, `days`). It becomes the next thread of the model."
        ),
        sent=Sent(
            RequestBody,
            {
                "kind": "promote",
                "reason": "It did well in the field.",
                "version": 3,
                "target": "stage",
                "name": "production",
            },
        ),
        answer=Answer(RequestStandingShape, STANDING_EXAMPLE, status=201, means="Asked."),
        places=MODEL,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """The same is asked once at a time."""
        repo = self.repo(namespace, name)
        body = self.read(RequestBody)
        number, change = body["version"], body["change"]
        wish = Wish(
            repo,
            get_version(repo, number, actor=self.actor) if number is not None else None,
            get_change(repo, change, actor=self.actor) if change is not None else None,
            {key: body[key] for key in DETAILS},
        )
        made = ask_for(wish, kind=body["kind"], reason=body["reason"], actor=self.actor)
        answer = self.standing(made, status=201)
        where = reverse("api:request", args=[namespace, name, made.discussion.number])
        answer.headers["Location"] = self.request.build_absolute_uri(where)
        return answer


class OneRequest(OfRequest):
    """One request."""

    open_to_strangers = ("GET",)

    @operation(
        name="request_read",
        tag="Requests",
        purpose="Read a request",
        answer=Answer(RequestStandingShape, STANDING_EXAMPLE),
        places=THREAD,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """As it stands at this moment; what was said is among the comments of its discussion."""
        return self.standing(self.asked(namespace, name, number))


class RequestDecisions(Deciding, OfRequest):
    """What people said about a request."""

    open_to_strangers = ("GET",)
    spends = {"POST": "write"}

    @operation(
        name="request_decision_list",
        tag="Requests",
        purpose="List decisions on a request",
        details="Every one in order, those that are void as well.",
        answer=Answer(DecisionShape, DECISION_EXAMPLE, is_list=True),
        places=THREAD,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> Response:
        """The oldest first."""
        return self.decisions_about(self.asked(namespace, name, number))

    @operation(
        name="request_decision_create",
        tag="Requests",
        purpose="Decide on a request",
        details="Nobody decides on what they asked for, or on files they made unless these are to be withdrawn.",
        sent=Sent(DecisionBody, {"kind": "approve", "reason": "Ran it.", "commit": SHA1}),
        answer=Answer(DecisionShape, DECISION_EXAMPLE, status=201, means="Decided."),
        places=THREAD,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Saying the same again changes nothing."""
        return self.decided_about(self.asked(namespace, name, number))


class OwnRequestDecision(Deciding, OfRequest):
    """What the caller said about a request."""

    spends = {"DELETE": "write"}

    @operation(
        name="request_decision_withdraw",
        tag="Requests",
        purpose="Take your decision on a request back",
        details="A token needs the right `review_models`.",
        answer=Answer(status=204, means="Taken back."),
        places=THREAD,
        refusals=(403, 409),
    )
    def delete(self, request: Request, namespace: str, name: str, number: int) -> Response:
        """It stays in the record, void."""
        return self.taken_back(self.asked(namespace, name, number))


class RequestGrant(OfRequest):
    """Carrying a request out."""

    spends = {"POST": "write"}

    @operation(
        name="request_grant",
        tag="Requests",
        purpose="Carry a request out",
        details=(
            "Does what was asked for and closes the request, in one transaction. 403 with `reasons` while people have "
            "not agreed; 409 when it has ended, or when what it would replace has moved."
        ),
        answer=Answer(RequestStandingShape, STANDING_EXAMPLE, means="Done."),
        places=THREAD,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Once."""
        return self.standing(grant_request(self.asked(namespace, name, number), actor=self.actor))


class RequestClosing(OfRequest):
    """Giving a request up."""

    spends = {"POST": "write"}

    @operation(
        name="request_close",
        tag="Requests",
        purpose="Give a request up",
        details="Its author may, and whoever manages the model. The same can be asked again.",
        sent=Sent(CloseBody, {"reason": "Not this week."}),
        answer=Answer(RequestStandingShape, STANDING_EXAMPLE, means="Closed."),
        places=THREAD,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """For good."""
        asked = self.asked(namespace, name, number)
        close_request(asked, **self.read(CloseBody), actor=self.actor)
        return self.standing(asked)


class RuleWaivers(OfModel):
    """Answers for rules that a change does not meet."""

    spends = {"POST": "write"}

    @operation(
        name="rule_waiver_create",
        tag="Checks",
        purpose="Answer for a rule",
        details=(
            "Lets a change do without a rule that it does not meet, until the waiver ends. It binds to exactly its files. "
            "Nobody who pushed to the change answers for it, and some rules have to be met."
        ),
        sent=Sent(
            RuleWaiverBody,
            {"rule": "licence_present", "reason": "It is coming.", "days": 7, "commit": SHA1},
        ),
        answer=Answer(RuleWaiverShape, RULE_WAIVER_EXAMPLE, status=201, means="You answer for it."),
        places=THREAD,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """For some days."""
        change = self.change(namespace, name, number)
        body = self.read(RuleWaiverBody)
        commit = body.pop("commit")
        made = waive_check(change, **body, expected_sha1=commit, actor=self.actor)
        return self.one(shown(RuleWaiverShape, made), status=201)


class RuleWaiversOfModel(OfModel):
    """Answers in force for rules."""

    open_to_strangers = ("GET",)

    @operation(
        name="rule_waiver_list",
        tag="Checks",
        purpose="List waivers of rules in force",
        answer=Answer(RuleWaiverShape, RULE_WAIVER_EXAMPLE, is_list=True),
        places=MODEL,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """The newest first."""
        rows = check_waivers_in_force(self.repo(namespace, name))
        return self.listed(rows, RuleWaiverShape, keys=("-id",))


class RuleWaiver(OfModel):
    """One answer for a rule."""

    spends = {"DELETE": "write"}

    @operation(
        name="rule_waiver_end",
        tag="Checks",
        purpose="End a waiver of a rule",
        details="Before its time: whoever gave it may, and every reviewer of the model.",
        answer=Answer(status=204, means="Ended."),
        places=RULE_WAIVER,
        refusals=(403, 409),
    )
    def delete(self, request: Request, namespace: str, name: str, waiver: int) -> Response:
        """At once."""
        repo = self.repo(namespace, name)
        end_check_waiver(get_check_waiver(repo, waiver), actor=self.actor)
        return Response(status=204)
