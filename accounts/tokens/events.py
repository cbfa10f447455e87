"""What happens to tokens."""

from __future__ import annotations

from dataclasses import dataclass

from hub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TokenCreated(Event):
    """Somebody made a token."""

    name = "token:created"
    rights: list[str]
    limits: list[str]
    expires_at: str | None


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    """A token stopped working."""

    name = "token:revoked"
