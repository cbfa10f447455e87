"""What accounts do about events, all on one page."""

from __future__ import annotations

from accounts.orgs.events import MemberLeft
from accounts.teams.actions import leave_teams
from accounts.tokens.actions import stop_tokens_known_to
from accounts.users.activity import require_active
from accounts.users.events import UserSuspended
from hub.core.events import Event, subscribe


def _stop_tokens(event: UserSuspended) -> None:
    stop_tokens_known_to(event.user, actor=event.actor)


def connect() -> None:
    """Subscribe; called once when Django starts."""
    subscribe(Event, require_active)
    subscribe(MemberLeft, leave_teams)
    subscribe(UserSuspended, _stop_tokens)
