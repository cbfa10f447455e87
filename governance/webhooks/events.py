"""What happens to webhooks. Their addresses often hold secrets, so the record names only the host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import urlsplit

from governance.webhooks.models import Webhook
from hub.core.events import Event


class _About(TypedDict):
    """What every event about a webhook says."""

    subject: str
    label: str
    namespace_id: int
    repo_id: int | None
    host: str


def about(webhook: Webhook) -> _About:
    """Subject and place of an event about a webhook."""
    owner = webhook.repo.full_name if webhook.repo else webhook.namespace.name
    return {
        "subject": f"webhook:{webhook.public_id}",
        "label": owner,
        "namespace_id": webhook.namespace_id,
        "repo_id": webhook.repo_id,
        "host": urlsplit(webhook.url).hostname or "",
    }


@dataclass(frozen=True, kw_only=True)
class WebhookEvent(Event):
    """Something about one webhook."""

    name = "webhook:touched"
    host: str


@dataclass(frozen=True, kw_only=True)
class WebhookCreated(WebhookEvent):
    """A program is told of events from now on."""

    name = "webhook:created"


@dataclass(frozen=True, kw_only=True)
class WebhookChanged(WebhookEvent):
    """It is told of other events, elsewhere, with a new secret, or again; ``what`` says which."""

    name = "webhook:changed"
    what: list[str]


@dataclass(frozen=True, kw_only=True)
class WebhookDeleted(WebhookEvent):
    """It is told nothing any more."""

    name = "webhook:deleted"


@dataclass(frozen=True, kw_only=True)
class WebhookDisabled(WebhookEvent):
    """The hub gave it up; ``reason`` says why, and those who can mend it are told."""

    name = "webhook:disabled"
