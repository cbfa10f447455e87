"""Carrying messages to webhooks: asked for when people are told, tried for about a day, then given up."""

from __future__ import annotations

import random
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.users.models import User
from governance.outbox.audience import News
from governance.webhooks.events import WebhookDisabled, about
from governance.webhooks.models import Delivery, DeliveryState, Try, Webhook
from governance.webhooks.owners import people_to_tell
from governance.webhooks.payload import body_of
from governance.webhooks.signing import headers_of
from hub.core.actor import SYSTEM, Actor, Means
from hub.core.events import emit
from hub.core.jobs.actions import NotYet, request_jobs
from hub.core.jobs.models import Job
from hub.core.outgoing import Answer, Outgoing
from hub.core.redaction import redacted
from models_catalog.repos.models import Repo

DELIVER = "webhook.deliver"
TRIES = 9
FIRST_WAIT, LONGEST_WAIT = 10.0, 10 * 3600.0  # seconds; 10, 40, 160 … : 9 tries take about a day
JITTER = 0.2
LONGEST_REST = 600.0  # seconds between tries of anything at an address that fails
MOST_WAITING = 1000
KEPT = timedelta(days=30)
FORGET_AT_ONCE = 500
GONE = 410


def wait_after(tries: int, *, chance: float) -> float:
    """Seconds until the next try; ``chance`` (0 to 1) spreads them, so that a receiver that was away is not stormed."""
    wait = min(FIRST_WAIT * 4.0 ** (tries - 1), LONGEST_WAIT)
    return wait * (1 - JITTER + 2 * JITTER * chance)


def queue_for_owners(news: News) -> None:
    """Messages for the webhooks of the model, its owner, and whoever owns what happened, in the transaction that tells people."""
    repo = _repo(news)
    namespace = repo.namespace_id if repo else news.event.namespace_id
    theirs = Q(namespace=namespace or 0, repo=None) | Q(repo=news.repo_id or 0)
    _queue(news, Webhook.objects.filter(theirs, is_active=True), repo)


def queue_for_people(news: News, people: Sequence[User]) -> None:
    """Messages for the webhooks of people who were just told of it."""
    theirs = Webhook.objects.filter(person__in=[each.pk for each in people], is_active=True)
    found = list(theirs)
    if found:
        _queue(news, found, _repo(news))


def _repo(news: News) -> Repo | None:
    return Repo.objects.select_related("namespace").filter(pk=news.repo_id or 0).first()


def _queue(news: News, webhooks: Iterable[Webhook], repo: Repo | None) -> None:
    wanted = [each for each in webhooks if news.event.name in each.events]
    wanted = [each for each in wanted if not _is_behind(each)]
    if not wanted:
        return
    body, now = body_of(news.event, repo), timezone.now()
    rows = [
        Delivery(
            webhook=each,
            event=news.event,
            repo=repo,
            name=news.event.name,
            is_inside=news.is_inside,
            body=body,
            created_at=now,
        )
        for each in wanted
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    request_delivery(Delivery.objects.filter(pk__in=[row.pk for row in rows]))


def _is_behind(webhook: Webhook) -> bool:
    """Whether so much waits for it that it is turned off: it cannot keep up, and its log must not grow for ever."""
    waiting = Delivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING)
    if waiting[:MOST_WAITING].count() < MOST_WAITING:
        return False
    _disable(webhook, _("More than %(n)d messages waited for it.") % {"n": MOST_WAITING})
    return True


def request_delivery(deliveries: Iterable[Delivery]) -> None:
    """Put messages on the ledger, in the caller's transaction."""
    jobs = {key_of(each.pk): {"delivery": str(each.pk)} for each in deliveries}
    if jobs:
        request_jobs(DELIVER, jobs, queue="mail")


def key_of(delivery_id: UUID) -> str:
    """The key of a message's job."""
    return f"webhook:{delivery_id}"


def deliver(payload: Mapping[str, Any], *, outgoing: Outgoing | None = None) -> str:
    """Try once. What fails is tried again later; a worker that dies on the way tries once more, with the same id."""
    delivery = (
        Delivery.objects.select_related("webhook__namespace", "webhook__repo", "webhook__person")
        .filter(pk=payload["delivery"], state=DeliveryState.WAITING)
        .first()
    )
    if delivery is None:
        return "nothing to send any more"
    webhook = delivery.webhook
    if not may_be_told(delivery):
        Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.DROPPED)
        return "not to be told any more"
    if webhook.rest_until is not None and webhook.rest_until > timezone.now():
        rest = (webhook.rest_until - timezone.now()).total_seconds()
        raise NotYet(rest + random.uniform(0, 30))  # noqa: S311 - spread, not a secret
    timestamp = int(time.time())
    headers = headers_of(delivery, timestamp=timestamp)
    answer = (outgoing or Outgoing()).post(
        webhook.url, body=delivery.body.encode(), headers=headers
    )
    return _note(delivery, answer, timestamp)


def may_be_told(delivery: Delivery) -> bool:
    """Whether the webhook is on, and those who manage it may (still) see what the message is about.

    Who manages a namespace or a repo sees all of it, as long as the model has not moved elsewhere; a person hears what
    is under their own name, and of others what they may see at this moment.
    """
    webhook = delivery.webhook
    person = webhook.person
    if not webhook.is_active or (person is not None and not person.is_active):
        return False
    if delivery.repo_id is None:
        return True
    repos = Repo.objects.all().filter(pk=delivery.repo_id)
    if repos.filter(namespace=webhook.namespace_id).exists():
        return True
    if person is None:
        return False
    actor = Actor(user=person, means=Means.SESSION)
    seen = repos.opened_to(actor) if delivery.is_inside else repos.visible_to(actor)
    return bool(seen.exists())


def _note(delivery: Delivery, answer: Answer, timestamp: int) -> str:
    """Write the try down with what follows from it, and say when to try again."""
    tries = delivery.tries + 1
    wait = wait_after(tries, chance=random.random())  # noqa: S311 - spread, not a secret
    is_last = tries >= TRIES or answer.status == GONE
    with transaction.atomic():
        now = timezone.now()
        Try.objects.create(
            delivery=delivery,
            at=now,
            timestamp=timestamp,
            status=answer.status,
            error=answer.error,
            milliseconds=answer.milliseconds,
            headers=redacted(answer.headers),
            body=redacted(answer.body),
        )
        webhook = Webhook.objects.filter(pk=delivery.webhook_id)
        mine = Delivery.objects.filter(pk=delivery.pk)
        if answer.is_success:
            mine.update(state=DeliveryState.DELIVERED, tries=tries, next_at=None)
            webhook.update(failures=0, rest_until=None, succeeded_at=now)
            return f"delivered, {answer.status}"
        _rest(delivery.webhook, now)
        if is_last:
            mine.update(state=DeliveryState.FAILED, tries=tries, next_at=None)
            _give_up(delivery, answer)
            return f"given up after {tries} tries"
        mine.update(tries=tries, next_at=now + timedelta(seconds=wait))
    raise NotYet(wait)


def _rest(webhook: Webhook, now: datetime) -> None:
    """Leave an address that fails alone for a while, so that slow ones do not keep workers from everybody else."""
    rest = min(5.0 * 2.0 ** min(webhook.failures, 10), LONGEST_REST)
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=F("failures") + 1, rest_until=now + timedelta(seconds=rest)
    )


def _give_up(delivery: Delivery, answer: Answer) -> None:
    """Turn a webhook off that took nothing since this message was new, or that says it is gone."""
    webhook = Webhook.objects.select_related("namespace", "repo").get(pk=delivery.webhook_id)
    if answer.status == GONE:
        _disable(webhook, _("It answered 410: it wants no more messages."))
    elif webhook.succeeded_at is None or webhook.succeeded_at < delivery.created_at:
        said = answer.error or _("status %(status)s") % {"status": answer.status}
        _disable(webhook, _("Nothing arrived for about a day. Last: %(said)s") % {"said": said})


def _disable(webhook: Webhook, reason: str) -> None:
    if not Webhook.objects.filter(pk=webhook.pk, is_active=True).update(
        is_active=False, disabled_reason=reason
    ):
        return
    emit(
        WebhookDisabled(
            actor=SYSTEM, reason=reason, concerns=tuple(people_to_tell(webhook)), **about(webhook)
        )
    )


def forget() -> int:
    """Remove messages that are older than a month, with their jobs; answers how many."""
    old = Delivery.objects.filter(created_at__lt=timezone.now() - KEPT).order_by("created_at")
    removed = 0
    while ids := list(old.values_list("pk", flat=True)[:FORGET_AT_ONCE]):
        _remove(ids)
        removed += len(ids)
    return removed


@transaction.atomic
def _remove(ids: Collection[UUID]) -> None:
    Job.objects.filter(key__in=[key_of(pk) for pk in ids]).delete()
    Delivery.objects.filter(pk__in=ids).delete()
