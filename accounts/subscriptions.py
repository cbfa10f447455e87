"""What accounts do about events, all on one page."""

from __future__ import annotations

from accounts.orgs.events import MemberLeft
from accounts.teams.actions import leave_teams
from accounts.users.activity import require_active
from hub.core.events import Event, subscribe


def connect() -> None:
    """Subscribe; called once when Django starts."""
    subscribe(Event, require_active)
    subscribe(MemberLeft, leave_teams)
