"""What happens to service accounts and their tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from accounts.robots.models import ServiceAccount
from hub.core.events import Event


class About(TypedDict):
    """What every event about a service account says."""

    subject: str
    label: str
    namespace_id: int


def about(account: ServiceAccount) -> About:
    """Subject, label and namespace of an event about ``account``: its organisation's audit page lists it."""
    return {
        "subject": f"user:{account.user_id}",
        "label": account.user.username,
        "namespace_id": account.organization.namespace_id,
    }


@dataclass(frozen=True, kw_only=True)
class RobotCreated(Event):
    """An organisation has one more service account."""

    name = "robot:created"
    personal = frozenset({"responsible"})
    purpose: str
    responsible: str


@dataclass(frozen=True, kw_only=True)
class RobotChanged(Event):
    """What it is for, or who answers for it, changed."""

    name = "robot:changed"
    personal = frozenset({"responsible"})
    purpose: str
    responsible: str


@dataclass(frozen=True, kw_only=True)
class RobotDisabled(Event):
    """It does nothing any more; its tokens are revoked."""

    name = "robot:disabled"


@dataclass(frozen=True, kw_only=True)
class RobotEnabled(Event):
    """It may be given tokens again."""

    name = "robot:enabled"


@dataclass(frozen=True, kw_only=True)
class RobotTokenCreated(Event):
    """An admin made a token for it; ``models`` says for how many models it counts, 0 for all of the organisation."""

    name = "robot:token_created"
    token: str
    rights: list[str]
    models: int
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class RobotTokenRotated(Event):
    """A new token took the place of one with the same name; the old one stops at ``old_ends_at``."""

    name = "robot:token_rotated"
    token: str
    expires_at: str
    old_ends_at: str
