"""What the masthead of every page says to somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from governance.outbox.queries import MOST_COUNTED, unread_count
from hub.core.actor import Actor


def notifications(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """``unread_notifications``: asked of the database only where it is drawn, and once; ``99+`` at most."""
    actor: Actor | None = getattr(request, "actor", None)

    @cache
    def unread() -> str:
        number = unread_count(actor=actor) if actor is not None else 0
        return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number or "")

    return {"unread_notifications": unread}
