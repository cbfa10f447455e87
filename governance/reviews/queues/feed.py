"""Secret addresses of queues, for programs that read feeds and cannot sign in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.authz.policy import TOKEN_SCOPES, Right
from accounts.authz.queries import require_means
from accounts.orgs.models import Organization
from accounts.users.models import User
from governance.reviews.events import QueueFeedEnded, QueueFeedMade
from governance.reviews.people import DECIDING
from governance.reviews.queues.lists import Listed, lists_in, own_lists
from governance.reviews.queues.models import QueueFeed
from hub.core.actor import Actor, Means
from hub.core.errors import NotFound
from hub.core.events import emit

READING = TOKEN_SCOPES["read"] | set(
    DECIDING
)  # to know what waits for its person; a feed does nothing


@dataclass(frozen=True, slots=True)
class FeedOf:
    """What a feed's address opens: for whom, of which organisation, and the lists of that queue."""

    actor: Actor
    organization: Organization | None
    lists: dict[str, Listed]
    created_at: datetime


@transaction.atomic
def make_queue_feed(organization: Organization | None, *, actor: Actor) -> str:
    """A new secret for the queue of an organisation, or of oneself; shown once. The one before stops to work.

    Raises ``NotFound`` for who may not see the queue.
    """
    user = _require_oneself(actor)
    if organization is not None:
        lists_in(organization, actor=actor)
    secret = secrets.token_urlsafe(32)
    QueueFeed.objects.update_or_create(
        user=user,
        namespace=organization.namespace if organization else None,
        defaults={"digest": _digest(secret), "created_at": timezone.now()},
    )
    emit(QueueFeedMade(**_facts(user, organization), actor=actor))
    return secret


@transaction.atomic
def end_queue_feed(organization: Organization | None, *, actor: Actor) -> None:
    """Stop the address, whoever has it; also for who has lost the right to see the queue."""
    user = _require_oneself(actor)
    if _feeds(user, organization).delete()[0]:
        emit(QueueFeedEnded(**_facts(user, organization), actor=actor))


def queue_feed_of(organization: Organization | None, *, actor: Actor) -> QueueFeed | None:
    """When the actor's address of this queue was made, if they have one."""
    return _feeds(actor.user, organization).first() if actor.user else None


def opened_by(secret: str) -> FeedOf:
    """What an address opens now: to be read, and nothing else.

    Raises ``NotFound`` for no address, and for one whose person may no longer see the queue.
    """
    known = QueueFeed.objects.select_related(
        "user__namespace", "namespace__organization__namespace"
    )
    feed = known.filter(digest=_digest(secret), user__is_active=True).first()
    if feed is None:
        raise NotFound
    actor = Actor(user=feed.user, means=Means.TOKEN, rights=frozenset(READING))
    if feed.namespace is None:
        return FeedOf(actor, None, own_lists(actor=actor), feed.created_at)
    if feed.namespace.is_retired:
        raise NotFound
    organization = feed.namespace.organization
    return FeedOf(actor, organization, lists_in(organization, actor=actor), feed.created_at)


def _feeds(user: User | None, organization: Organization | None) -> QuerySet[QueueFeed]:
    namespace = organization.namespace if organization else None
    return QueueFeed.objects.filter(user=user, namespace=namespace)


def _require_oneself(actor: Actor) -> User:
    """The person themselves: no token that was given to read makes or ends an address."""
    namespace_id = actor.user.namespace_id if actor.user else 0
    require_means(actor, Right.WRITE, namespace_id=namespace_id)
    assert actor.user is not None
    return actor.user


def _facts(user: User, organization: Organization | None) -> dict[str, Any]:
    return {
        "subject": f"user:{user.pk}",
        "label": user.username,
        "namespace_id": user.namespace_id,
        "queue": organization.namespace.name if organization else user.username,
    }


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
