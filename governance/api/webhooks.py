"""Webhooks of organisations, models and oneself, and the log of their messages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION
from accounts.authz.queries import require_person
from accounts.orgs.queries import get_organization
from governance.api.webhook_shapes import (
    DELIVERY_EXAMPLE,
    NEW_EXAMPLE,
    WEBHOOK_EXAMPLE,
    DeliveryShape,
    NewWebhookShape,
    SecretBody,
    SecretShape,
    WebhookBody,
    WebhookChanges,
    WebhookShape,
)
from governance.webhooks.actions import (
    change_webhook,
    create_webhook,
    delete_webhook,
    replay,
    rotate_secret,
    send_test,
)
from governance.webhooks.owners import Owner
from governance.webhooks.queries import delivery_page, get_delivery, get_webhook, webhook_page
from hub.api.operations import IF_NONE_MATCH, KEY, MODEL, Answer, Sent, operation, place
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown, shown_all
from hub.api.views import ApiView
from models_catalog.repos.queries import get_repo

TAG = "Webhooks"
ONE = (
    place(
        "webhook", "The id of the webhook.", example=WEBHOOK_EXAMPLE["id"], kind=OpenApiTypes.UUID
    ),
)
SENT = (
    *ONE,
    place(
        "delivery", "The id of the message.", example=DELIVERY_EXAMPLE["id"], kind=OpenApiTypes.UUID
    ),
)
NEW = {"url": "https://ci.example.org/hub", "events": ["version:released", "version:yanked"]}
DETAILS = "The guide has the events, what a message looks like and how to check it. The answer holds the secret, this once."
LISTED = Answer(WebhookShape, WEBHOOK_EXAMPLE, is_list=True)
MADE = Answer(NewWebhookShape, NEW_EXAMPLE, status=201, means="Added.")


class _Webhooks(ApiView):
    """Those of one owner."""

    spends = {"POST": "make"}
    shows_secret = True

    def listed_of(self, owner: Owner) -> Response:
        """A page of them."""
        wanted = wanted_page(self.request)
        page = webhook_page(owner, actor=self.actor, cursor=wanted.cursor, size=wanted.size)
        return page_answer(self.request, shown_all(WebhookShape, page.rows), page)

    def added_to(self, owner: Owner) -> HttpResponseBase:
        """One more, with its secret."""
        made, secret = create_webhook(owner, **self.read(WebhookBody), actor=self.actor)
        data = NewWebhookShape(made, context={"secret": secret}).data
        where = reverse("api:webhook", args=[made.public_id])
        return self.one(data, status=201, location=where)


class OrganizationWebhooks(_Webhooks):
    """Those of an organisation."""

    @operation(
        name="organization_webhook_list",
        tag=TAG,
        purpose="List webhooks of an organisation",
        answer=LISTED,
        places=ORGANIZATION,
        refusals=(403,),
    )
    def get(self, request: Request, org: str) -> Response:
        """For its owners."""
        return self.listed_of(get_organization(org))

    @operation(
        name="organization_webhook_create",
        tag=TAG,
        purpose="Add a webhook to an organisation",
        details=f"Told of what happens to the organisation and all its models. {DETAILS}",
        sent=Sent(WebhookBody, NEW),
        answer=MADE,
        places=ORGANIZATION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, org: str) -> HttpResponseBase:
        """By its owners."""
        return self.added_to(get_organization(org))


class ModelWebhooks(_Webhooks):
    """Those of a model."""

    @operation(
        name="model_webhook_list",
        tag=TAG,
        purpose="List webhooks of a model",
        answer=LISTED,
        places=MODEL,
        refusals=(403,),
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """For those who manage it."""
        return self.listed_of(get_repo(namespace=namespace, name=name, actor=self.actor))

    @operation(
        name="model_webhook_create",
        tag=TAG,
        purpose="Add a webhook to a model",
        details=f"Told of what happens to this model. {DETAILS}",
        sent=Sent(WebhookBody, NEW),
        answer=MADE,
        places=MODEL,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """By those who manage it."""
        return self.added_to(get_repo(namespace=namespace, name=name, actor=self.actor))


class OwnWebhooks(_Webhooks):
    """The caller's own."""

    @operation(
        name="own_webhook_list",
        tag=TAG,
        purpose="List your webhooks",
        answer=LISTED,
        refusals=(403,),
    )
    def get(self, request: Request) -> Response:
        """Those of the person."""
        return self.listed_of(self._person())

    @operation(
        name="own_webhook_create",
        tag=TAG,
        purpose="Add a webhook of your own",
        details=(
            "Told of what happens to models under your name, and of what you hear of by your notifications. "
            + DETAILS
        ),
        sent=Sent(WebhookBody, NEW),
        answer=MADE,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """For the person."""
        return self.added_to(self._person())

    def _person(self) -> Owner:
        require_person(self.actor)
        assert self.actor.user is not None
        return self.actor.user


class Webhook(ApiView):
    """One of them, wherever it belongs."""

    spends = {"PATCH": "write", "DELETE": "write"}

    @operation(
        name="webhook_read",
        tag=TAG,
        purpose="Read a webhook",
        answer=Answer(WebhookShape, WEBHOOK_EXAMPLE),
        places=ONE,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, webhook: UUID) -> HttpResponseBase:
        """For those who manage it; missing for everybody else."""
        return self.one(shown(WebhookShape, get_webhook(webhook, actor=self.actor)))

    @operation(
        name="webhook_change",
        tag=TAG,
        purpose="Change a webhook, turn it off or on",
        sent=Sent(WebhookChanges, {"is_active": True}),
        answer=Answer(WebhookShape, WEBHOOK_EXAMPLE),
        places=ONE,
        refusals=(403,),
    )
    def patch(self, request: Request, webhook: UUID) -> HttpResponseBase:
        """What is not sent stays."""
        found = get_webhook(webhook, actor=self.actor)
        changed = change_webhook(found, **self.read(WebhookChanges), actor=self.actor)
        return self.one(shown(WebhookShape, changed))

    @operation(
        name="webhook_delete",
        tag=TAG,
        purpose="Remove a webhook",
        answer=Answer(status=204, means="Removed, with its log."),
        places=ONE,
        refusals=(403,),
    )
    def delete(self, request: Request, webhook: UUID) -> Response:
        """With its log."""
        delete_webhook(get_webhook(webhook, actor=self.actor), actor=self.actor)
        return Response(status=204)


class WebhookSecret(ApiView):
    """Its secret."""

    spends = {"POST": "mint-token"}
    shows_secret = True

    @operation(
        name="webhook_secret_create",
        tag=TAG,
        purpose="Give a webhook a new secret",
        details="For a day messages carry signatures by both, so that receivers can change over.",
        sent=Sent(SecretBody, {"at_once": False}),
        answer=Answer(SecretShape, {"secret": NEW_EXAMPLE["secret"]}, status=201, means="Made."),
        places=ONE,
        refusals=(403,),
        takes=(KEY,),
    )
    def post(self, request: Request, webhook: UUID) -> HttpResponseBase:
        """Shown this once."""
        found = get_webhook(webhook, actor=self.actor)
        secret = rotate_secret(found, **self.read(SecretBody), actor=self.actor)
        return self.one(shown(SecretShape, {"secret": secret}), status=201)


class WebhookTest(ApiView):
    """Trying it."""

    spends = {"POST": "write"}

    @operation(
        name="webhook_test",
        tag=TAG,
        purpose="Send a test message",
        answer=Answer(DeliveryShape, DELIVERY_EXAMPLE, status=202, means="On its way."),
        places=ONE,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, webhook: UUID) -> HttpResponseBase:
        """By the queue, as any message."""
        sent = send_test(get_webhook(webhook, actor=self.actor), actor=self.actor)
        return self.one(shown(DeliveryShape, sent), status=202)


class Deliveries(ApiView):
    """What was sent."""

    @operation(
        name="delivery_list",
        tag=TAG,
        purpose="List the messages of a webhook",
        details="The newest first; they are kept for 30 days.",
        answer=Answer(DeliveryShape, DELIVERY_EXAMPLE, is_list=True),
        places=ONE,
    )
    def get(self, request: Request, webhook: UUID) -> Response:
        """With every try."""
        wanted = wanted_page(request)
        found = get_webhook(webhook, actor=self.actor)
        page = delivery_page(found, cursor=wanted.cursor, size=wanted.size)
        return page_answer(request, shown_all(DeliveryShape, page.rows), page)


class Delivery(ApiView):
    """One message."""

    @operation(
        name="delivery_read",
        tag=TAG,
        purpose="Read a message and its answers",
        answer=Answer(DeliveryShape, DELIVERY_EXAMPLE),
        places=SENT,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, webhook: UUID, delivery: UUID) -> HttpResponseBase:
        """With every try."""
        found = get_webhook(webhook, actor=self.actor)
        return self.one(shown(DeliveryShape, get_delivery(found, delivery)))


class Replay(ApiView):
    """Sending it again."""

    spends = {"POST": "write"}

    @operation(
        name="delivery_replay",
        tag=TAG,
        purpose="Send a message again",
        details="With the same id, so that a receiver can tell a repetition.",
        answer=Answer(DeliveryShape, DELIVERY_EXAMPLE, status=202, means="On its way."),
        places=SENT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, webhook: UUID, delivery: UUID) -> HttpResponseBase:
        """Not while it is on its way."""
        found = get_webhook(webhook, actor=self.actor)
        sent = replay(get_delivery(found, delivery), actor=self.actor)
        return self.one(shown(DeliveryShape, sent), status=202)
