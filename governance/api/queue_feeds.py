"""Secret addresses of queues as Atom feeds."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from accounts.authz.queries import require_no_token
from accounts.orgs.models import Organization
from governance.api.news_shapes import FeedShape
from governance.reviews.queues.feed import end_queue_feed, make_queue_feed
from hub.api.operations import Answer, operation
from hub.api.shapes import shown

MADE = Answer(FeedShape, {"address": "https://hub.example/reviews/feed/…"}, status=201)
ENDED = Answer(status=204, means="It no longer works.")


class _Feeds(OfOrganization):
    spends = {"POST": "mint-token"}
    shows_secret = True

    def made(self, organization: Organization | None) -> HttpResponseBase:
        """A new one, shown this once."""
        require_no_token(self.actor, to="make the address of a feed")
        secret = make_queue_feed(organization, actor=self.actor)
        where = settings.PUBLIC_URL + reverse("governance:queue-feed", args=[secret])
        return self.one(shown(FeedShape, {"address": where}), status=201)

    def ended(self, organization: Organization | None) -> Response:
        """Whoever has it."""
        end_queue_feed(organization, actor=self.actor)
        return Response(status=204)


class OwnQueueFeed(_Feeds):
    """Of what waits for the caller."""

    @operation(
        name="own_review_feed_create",
        tag="Reviews",
        purpose="Make the secret address of your queue as a feed",
        details="Only in a browser: a token may not make what outlives it.",
        answer=MADE,
        refusals=(403,),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """The one before stops to work."""
        return self.made(None)

    @operation(
        name="own_review_feed_end",
        tag="Reviews",
        purpose="End the secret address of your queue",
        answer=ENDED,
        refusals=(403,),
    )
    def delete(self, request: Request) -> Response:
        """At once."""
        return self.ended(None)


class OrganizationQueueFeed(_Feeds):
    """Of what waits in an organisation."""

    @operation(
        name="review_feed_create",
        tag="Reviews",
        purpose="Make your secret address of an organisation’s queue as a feed",
        details="Only in a browser. It shows what you may see, and answers 404 when you may no longer see the queue.",
        answer=MADE,
        places=ORGANIZATION,
        refusals=(403,),
    )
    def post(self, request: Request, org: str) -> HttpResponseBase:
        """The one before stops to work."""
        return self.made(self.organization(org))

    @operation(
        name="review_feed_end",
        tag="Reviews",
        purpose="End your secret address of an organisation’s queue",
        answer=ENDED,
        places=ORGANIZATION,
        refusals=(403,),
    )
    def delete(self, request: Request, org: str) -> Response:
        """Also for who may no longer see the queue."""
        return self.ended(self.organization(org))
