"""The secret address of one's own notifications, for programs that read feeds and cannot sign in."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from accounts.authz.policy import TOKEN_SCOPES
from governance.outbox.models import FeedAddress
from governance.outbox.watching import require_oneself
from hub.core.actor import Actor, Means
from hub.core.errors import NotFound


def make_feed_address(*, actor: Actor) -> str:
    """A new secret, shown once; one that was given out before stops to work."""
    user = require_oneself(actor)
    secret = secrets.token_urlsafe(32)
    FeedAddress.objects.update_or_create(
        user=user, defaults={"digest": _digest(secret), "created_at": timezone.now()}
    )
    return secret


def end_feed_address(*, actor: Actor) -> None:
    """Stop the address, whoever has it."""
    FeedAddress.objects.filter(user=require_oneself(actor)).delete()


def feed_address_of(actor: Actor) -> FeedAddress | None:
    """When the actor's address was made, if they have one."""
    return FeedAddress.objects.filter(user=actor.user).first()


def reader_of(secret: str) -> Actor:
    """Whose notifications an address opens: to be read, and nothing else. Raises ``NotFound``."""
    address = (
        FeedAddress.objects.select_related("user__namespace")
        .filter(digest=_digest(secret), user__is_active=True)
        .first()
    )
    if address is None:
        raise NotFound
    return Actor(user=address.user, means=Means.TOKEN, rights=TOKEN_SCOPES["read"])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
