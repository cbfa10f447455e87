"""What endpoints about decisions do, whether people decide about a change or about a request."""

from __future__ import annotations

from django.http import HttpResponseBase
from rest_framework.response import Response

from governance.api.review_shapes import DecisionBody, DecisionShape
from governance.reviews.actions import decide, withdraw_decision
from governance.reviews.queries import decisions_of
from governance.reviews.subjects import Subject
from hub.api.shapes import shown
from hub.api.views import ApiView


class Deciding(ApiView):
    """An endpoint about what people said of a subject."""

    def decisions_about(self, subject: Subject) -> Response:
        """Every one in order, the oldest first."""
        return self.listed(decisions_of(subject), DecisionShape, keys=("id",))

    def decided_about(self, subject: Subject) -> HttpResponseBase:
        """What the body says, as the caller's decision; saying the same again changes nothing."""
        body = self.read(DecisionBody)
        commit = body.pop("commit")
        made = decide(subject, **body, expected_sha1=commit, actor=self.actor)
        return self.one(shown(DecisionShape, made), status=201)

    def taken_back(self, subject: Subject) -> Response:
        """The caller's own decision stays in the record, void."""
        withdraw_decision(subject, actor=self.actor)
        return Response(status=204)
