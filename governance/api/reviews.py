"""``/models/<namespace>/<name>/changes/<number>``: the review of one change. Proposing and merging are the catalogue's."""

from __future__ import annotations

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.deciding import Deciding
from governance.api.review_facts import review_facts
from governance.api.review_shapes import (
    DECISION_EXAMPLE,
    REVIEW_EXAMPLE,
    SHA1,
    WAIVER_EXAMPLE,
    AskedShape,
    DecisionBody,
    DecisionShape,
    ReviewShape,
    WaiverBody,
    WaiverShape,
)
from governance.reviews.community import ask_community
from governance.reviews.queries import get_waiver
from governance.reviews.waivers import end_waiver, waive
from hub.api.operations import IF_NONE_MATCH, KEY, Answer, Sent, operation, place
from hub.api.shapes import shown
from models_catalog.api.doors import THREAD, OfModel

WAIVER = (*THREAD, place("waiver", "The id of the waiver.", example=3, kind=OpenApiTypes.INT))


class Review(OfModel):
    """Where a change stands."""

    open_to_strangers = ("GET",)

    @operation(
        name="review_read",
        tag="Reviews",
        purpose="Read the review of a change",
        details=(
            "Its checks with evidence, the decisions that stand, who may decide, and under `you` what you may do and "
            "why not. Changes of a reviewed model are for insiders until they are merged."
        ),
        answer=Answer(ReviewShape, REVIEW_EXAMPLE),
        places=THREAD,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """As it stands at this moment."""
        return self.one(review_facts(self.change(namespace, name, number), actor=self.actor))


class Decisions(Deciding, OfModel):
    """What reviewers said."""

    open_to_strangers = ("GET",)
    spends = {"POST": "write"}

    @operation(
        name="decision_list",
        tag="Reviews",
        purpose="List decisions on a change",
        details="Every one in order, those that are void as well.",
        answer=Answer(DecisionShape, DECISION_EXAMPLE, is_list=True),
        places=THREAD,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> Response:
        """The oldest first."""
        return self.decisions_about(self.change(namespace, name, number))

    @operation(
        name="decision_create",
        tag="Reviews",
        purpose="Decide on a change",
        details=(
            "Binds to the commit, its files and the version of the policy, and replaces what you said before. Nobody "
            "decides on what they pushed to; `review_read` says beforehand what you may."
        ),
        sent=Sent(DecisionBody, {"kind": "approve", "reason": "Ran it.", "commit": SHA1}),
        answer=Answer(DecisionShape, DECISION_EXAMPLE, status=201, means="Decided."),
        places=THREAD,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Saying the same again changes nothing."""
        return self.decided_about(self.change(namespace, name, number))


class OwnDecision(Deciding, OfModel):
    """What the caller said."""

    spends = {"DELETE": "write"}

    @operation(
        name="decision_withdraw",
        tag="Reviews",
        purpose="Take your decision back",
        details="A token needs the right `review_models`.",
        answer=Answer(status=204, means="Taken back."),
        places=THREAD,
        refusals=(403, 409),
    )
    def delete(self, request: Request, namespace: str, name: str, number: int) -> Response:
        """It stays in the record, void."""
        return self.taken_back(self.change(namespace, name, number))


class Waivers(OfModel):
    """Answering for files."""

    spends = {"POST": "write"}

    @operation(
        name="waiver_create",
        tag="Reviews",
        purpose="Answer for a file",
        details=(
            "Lets a file of the change stay that scanning cannot clear, until the waiver ends. It binds to exactly these "
            "bytes and to the rules that judged them. Nobody answers for what is dangerous."
        ),
        sent=Sent(
            WaiverBody,
            {"path": "vocab.bin", "reason": "A table of words.", "days": 30, "commit": SHA1},
        ),
        answer=Answer(WaiverShape, WAIVER_EXAMPLE, status=201, means="You answer for it."),
        places=THREAD,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """For some days."""
        change = self.change(namespace, name, number)
        body = self.read(WaiverBody)
        commit = body.pop("commit")
        made = waive(change, **body, expected_sha1=commit, actor=self.actor)
        said = shown(WaiverShape, {"path": body["path"], "waiver": made})
        return self.one(said, status=201)


class Waiver(OfModel):
    """One answer for a file."""

    spends = {"DELETE": "write"}

    @operation(
        name="waiver_end",
        tag="Reviews",
        purpose="End a waiver",
        details="Before its time: whoever gave it may, and every reviewer of the model.",
        answer=Answer(status=204, means="Ended."),
        places=WAIVER,
        refusals=(403, 409),
    )
    def delete(
        self, request: Request, namespace: str, name: str, number: int, waiver: int
    ) -> Response:
        """At once."""
        change = self.change(namespace, name, number)
        end_waiver(get_waiver(change.repo, waiver), actor=self.actor)
        return Response(status=204)


class Community(OfModel):
    """The hub's own reviewers."""

    spends = {"POST": "write"}

    @operation(
        name="community_ask",
        tag="Reviews",
        purpose="Ask the hub’s reviewers to stand in",
        details="Where an organisation has too few people to decide. They see the model and find the change in their queue.",
        answer=Answer(AskedShape, {"asked": 2}),
        places=THREAD,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """A second time changes nothing."""
        asked = ask_community(self.change(namespace, name, number), actor=self.actor)
        return self.one(shown(AskedShape, {"asked": asked}))
