"""The request as views get it, for type checkers: nothing here exists at run time but the name."""

from __future__ import annotations

from django.http import HttpRequest

from hub.core.actor import Actor


class HubRequest(HttpRequest):
    """A request that has passed ``accounts.web.middleware.actor``."""

    actor: Actor
