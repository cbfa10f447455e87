"""Making, changing and removing webhooks, and sending a message by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.namespaces.models import Namespace
from governance.webhooks.delivering import DELIVER, key_of, request_delivery
from governance.webhooks.events import (
    WebhookChanged,
    WebhookCreated,
    WebhookDeleted,
    about,
)
from governance.webhooks.models import Delivery, DeliveryState, Webhook
from governance.webhooks.owners import Owner, owner_of, place_of, require_manager
from governance.webhooks.payload import TEST, subscribable, test_body
from governance.webhooks.signing import secret_of
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid
from hub.core.events import emit
from hub.core.jobs.actions import request_job
from hub.core.outgoing import checked_url

MOST_PER_OWNER = 20
BOTH_GOOD = timedelta(hours=24)


@transaction.atomic
def create_webhook(
    owner: Owner, *, url: str, events: Collection[str], actor: Actor
) -> tuple[Webhook, str]:
    """A webhook with its secret, which is shown now. Raises ``Invalid`` about a field, ``Conflict`` when there are many."""
    require_manager(owner, actor=actor)
    place = place_of(owner)
    # the owner's row is held, so that two at once do not both become the last one that is allowed
    Namespace.objects.select_for_update(of=("self",)).get(pk=place.namespace.pk)
    mine = Webhook.objects.filter(namespace=place.namespace, repo=place.repo, person=place.person)
    if mine.count() >= MOST_PER_OWNER:
        raise Conflict(
            _("{owner} has {number} webhooks, which is the most. Remove one first.").format(
                owner=place.label, number=MOST_PER_OWNER
            )
        )
    webhook = Webhook.objects.create(
        namespace=place.namespace,
        repo=place.repo,
        person=place.person,
        url=checked_url(url.strip()),
        events=_checked(events),
        created_by=actor.user,
    )
    emit(WebhookCreated(actor=actor, **about(webhook)))
    return webhook, secret_of(webhook)


@transaction.atomic
def change_webhook(
    webhook: Webhook,
    *,
    url: str | None = None,
    events: Collection[str] | None = None,
    is_active: bool | None = None,
    actor: Actor,
) -> Webhook:
    """Tell it elsewhere, of other events, not at all or again; what is not given stays."""
    require_manager(owner_of(webhook), actor=actor)
    before = (webhook.url, list(webhook.events), webhook.is_active)
    if url is not None:
        webhook.url = checked_url(url.strip())
    if events is not None:
        webhook.events = _checked(events)
    if is_active is not None:
        webhook.is_active = is_active
    names = ("url", "events", "is_active")
    after = (webhook.url, list(webhook.events), webhook.is_active)
    what = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    if what:
        if webhook.is_active:
            webhook.disabled_reason, webhook.failures, webhook.rest_until = "", 0, None
        webhook.save()
        emit(WebhookChanged(actor=actor, what=what, **about(webhook)))
    return webhook


@transaction.atomic
def rotate_secret(webhook: Webhook, *, at_once: bool = False, actor: Actor) -> str:
    """A new secret. The one before is good for another day, so that receivers can change over, unless ``at_once``."""
    require_manager(owner_of(webhook), actor=actor)
    held = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook.pk)  # rounds are counted
    webhook.secret_round = held.secret_round + 1
    webhook.previous_until = None if at_once else timezone.now() + BOTH_GOOD
    webhook.save(update_fields=["secret_round", "previous_until"])
    emit(WebhookChanged(actor=actor, what=["secret"], **about(webhook)))
    return secret_of(webhook)


@transaction.atomic
def delete_webhook(webhook: Webhook, *, actor: Actor) -> None:
    """Remove it with its log."""
    require_manager(owner_of(webhook), actor=actor)
    emit(WebhookDeleted(actor=actor, **about(webhook)))
    webhook.delete()


@transaction.atomic
def send_test(webhook: Webhook, *, actor: Actor) -> Delivery:
    """A message that says nothing, to see whether it arrives."""
    require_manager(owner_of(webhook), actor=actor)
    _require_active(webhook)
    now = timezone.now()
    delivery = Delivery.objects.create(
        webhook=webhook, name=TEST, body=test_body(now), created_at=now
    )
    request_delivery([delivery])
    return delivery


@transaction.atomic
def replay(delivery: Delivery, *, actor: Actor) -> Delivery:
    """Send a message once more, with the same id, so that a receiver knows it. Raises ``Conflict`` while it is on its way."""
    webhook = delivery.webhook
    require_manager(owner_of(webhook), actor=actor)
    _require_active(webhook)
    again = Delivery.objects.exclude(state=DeliveryState.WAITING).filter(pk=delivery.pk)
    if not again.update(state=DeliveryState.WAITING, tries=0, next_at=None):
        raise Conflict(_("This message is still on its way."))
    payload = {"delivery": str(delivery.pk)}
    request_job(DELIVER, key=key_of(delivery.pk), payload=payload, queue="mail", again=True)
    delivery.refresh_from_db()
    return delivery


def _require_active(webhook: Webhook) -> None:
    if not webhook.is_active:
        raise Conflict(_("This webhook is off. Turn it on first."))


def _checked(events: Collection[str]) -> list[str]:
    known = subscribable()
    unknown = [name for name in events if name not in known]
    if unknown:
        raise Invalid(
            _("There is no event called “{name}” to be told of.").format(name=unknown[0]),
            field="events",
        )
    if not events:
        raise Invalid(_("Choose at least one event."), field="events")
    return sorted(set(events))
