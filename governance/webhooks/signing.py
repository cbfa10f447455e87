"""Secrets and signatures after the Standard Webhooks specification (standardwebhooks.com, symmetric ``v1``)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone

from governance.webhooks.models import Delivery, Webhook

PREFIX = "whsec_"
HIDDEN = "v1,[hidden]"


def secret_of(webhook: Webhook, secret_round: int | None = None) -> str:
    """The secret as its owner gets to see it, of this round or an earlier one."""
    return PREFIX + base64.b64encode(_key(webhook, secret_round or webhook.secret_round)).decode()


def headers_of(delivery: Delivery, *, timestamp: int) -> dict[str, str]:
    """What a message is sent with: its id, the moment of this attempt, and a signature by each secret that is good."""
    signed = f"msg_{delivery.pk.hex}.{timestamp}.{delivery.body}".encode()
    keys = [_key(delivery.webhook, each) for each in _rounds(delivery.webhook)]
    return _headers(delivery, timestamp, " ".join(_signature(key, signed) for key in keys))


def shown_headers(delivery: Delivery, *, timestamp: int) -> Mapping[str, str]:
    """The same for the log, without the signature."""
    return _headers(delivery, timestamp, HIDDEN)


def _headers(delivery: Delivery, timestamp: int, signature: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": f"{settings.HUB_NAME.encode('ascii', 'replace').decode()}/{settings.HUB_VERSION}",
        "webhook-id": f"msg_{delivery.pk.hex}",
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature,
    }


def _rounds(webhook: Webhook) -> list[int]:
    """The rounds whose secrets are good now, the newest first."""
    current = webhook.secret_round
    if webhook.previous_until is not None and webhook.previous_until > timezone.now():
        return [current, current - 1]
    return [current]


def _signature(key: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def _key(webhook: Webhook, secret_round: int) -> bytes:
    """Worked out and never stored: a stolen database signs nothing."""
    text = f"arboretum.webhook:{webhook.public_id}:{secret_round}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).digest()
