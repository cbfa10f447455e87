"""The request as our middleware leaves it."""

from __future__ import annotations

from django.http import HttpRequest

from hub.core.actor import Actor


class ActingRequest(HttpRequest):
    """A request that knows who acts; views take it in place of ``HttpRequest``."""

    actor: Actor
