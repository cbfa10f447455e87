"""Beginning, ending and forgetting requests that came with a key."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.errors import Conflict, DomainError
from hub.core.idempotency.models import KeptAnswer

KEPT_FOR = timedelta(hours=24)
LEASE = timedelta(
    minutes=10
)  # longer than any request is let run; a killed one keeps its key no longer
MOST_KEPT = 256 * 1024
SWEPT = 5000


class KeyReused(DomainError):
    """The key came with another request before."""

    status, code = 422, "key_reused"


class InProgress(Conflict):
    """The first request with the key has not been answered yet."""

    code = "in_progress"


def begin_once(key: str, *, route: str, request: bytes, actor: Actor) -> KeptAnswer:
    """Claim ``key`` for this request; the row has a ``status`` when it was answered before.

    A request by another token is another request: what one was answered, one with fewer rights must not read.
    Raises ``KeyReused`` for another request with the same key, ``InProgress`` while the first is running.
    """
    assert actor.user is not None
    digest = _digest(str(actor.user.pk), route, key)
    means = f"{actor.means.value}\0{actor.token_id or ''}\0"
    asked = hashlib.sha256(means.encode() + request).hexdigest()
    now = timezone.now()
    KeptAnswer.objects.filter(key_digest=digest, begun_at__lt=now - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(
                user=actor.user, key_digest=digest, request_digest=asked, begun_at=now
            )
    except IntegrityError:
        return _known(digest, asked)


def _known(digest: str, asked: str) -> KeptAnswer:
    now = timezone.now()
    known = KeptAnswer.objects.filter(key_digest=digest).first()
    if known is None:
        raise InProgress(_("The first request with this key has just failed. Send it again."))
    if known.request_digest != asked:
        raise KeyReused(
            _(
                "This Idempotency-Key came with another request before. Use a new key for each new "
                "request."
            )
        )
    if known.status is not None:
        return known
    expired = KeptAnswer.objects.filter(pk=known.pk, status=None, begun_at__lt=now - LEASE)
    if not expired.update(begun_at=now):
        raise InProgress(
            _("The first request with this key is still running. Send it again in a moment.")
        )
    return known


def end_once(begun: KeptAnswer, *, status: int, body: str, headers: dict[str, str]) -> None:
    """Keep the answer for those who send the request again."""
    if len(body) > MOST_KEPT:
        forget(begun)
        return
    KeptAnswer.objects.filter(pk=begun.pk).update(status=status, body=body, headers=headers)


def forget(begun: KeptAnswer) -> None:
    """Let the key go: the request was refused and changed nothing, so that it may be tried again."""
    KeptAnswer.objects.filter(pk=begun.pk).delete()


def sweep_answers() -> int:
    """Delete what is older than ``KEPT_FOR``, ``SWEPT`` rows at most; answers how many went."""
    old = KeptAnswer.objects.filter(begun_at__lt=timezone.now() - KEPT_FOR)
    return KeptAnswer.objects.filter(
        pk__in=list(old.values_list("pk", flat=True)[:SWEPT])
    ).delete()[0]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
