"""Reading webhooks and the log of what was sent to them."""

from __future__ import annotations

from uuid import UUID

from governance.webhooks.models import Delivery, Webhook
from governance.webhooks.owners import Owner, owner_of, place_of, require_manager
from hub.core.actor import Actor
from hub.core.errors import DomainError, NotFound
from hub.core.pagination import Page, page_of


def webhook_page(
    owner: Owner, *, actor: Actor, cursor: str | None = None, size: int = 30
) -> Page[Webhook]:
    """The webhooks of an owner, oldest first. Raises as ``require_manager``."""
    require_manager(owner, actor=actor)
    place = place_of(owner)
    rows = Webhook.objects.select_related(
        "namespace__organization", "repo__namespace", "person"
    ).filter(namespace=place.namespace, repo=place.repo, person=place.person)
    return page_of(rows, keys=("id",), cursor=cursor, size=size)


def get_webhook(public_id: UUID, *, actor: Actor) -> Webhook:
    """One that the actor may manage; for everybody else there is none. Raises ``NotFound``."""
    found = (
        Webhook.objects.select_related("namespace__organization", "repo__namespace", "person")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise NotFound
    try:
        require_manager(owner_of(found), actor=actor)
    except DomainError as refused:
        raise NotFound from refused
    return found


def delivery_page(webhook: Webhook, *, cursor: str | None = None, size: int = 30) -> Page[Delivery]:
    """What was sent, the newest first. The caller has fetched the webhook by ``get_webhook``."""
    rows = Delivery.objects.filter(webhook=webhook).prefetch_related("attempts")
    return page_of(rows, keys=("-created_at", "-id"), cursor=cursor, size=size)


def get_delivery(webhook: Webhook, delivery_id: UUID) -> Delivery:
    """One message with its attempts. Raises ``NotFound``."""
    found = Delivery.objects.filter(webhook=webhook, pk=delivery_id)
    one = found.select_related("webhook").prefetch_related("attempts").first()
    if one is None:
        raise NotFound
    return one
