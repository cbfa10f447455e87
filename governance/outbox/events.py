"""What people ask to be told of."""

from __future__ import annotations

from dataclasses import dataclass

from hub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class WatchChanged(Event):
    """Somebody hears more or less of a model or namespace from now on; stands in their own record only."""

    name = "watch:changed"
    watched: str
    level: str
