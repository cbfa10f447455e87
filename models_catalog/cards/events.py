"""What happens to cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hub.core.events import Event
from models_catalog.cards.models import Card


@dataclass(frozen=True, kw_only=True)
class CardRendered(Event):
    """A README.md was parsed and rendered; ``card`` is for subscribers and not part of the record."""

    name = "card:rendered"
    card: Card = field(repr=False, compare=False)
    sha256: str
    renderer: str

    def details(self) -> Any:
        """The fields for the record: all but the row."""
        return {key: value for key, value in super().details().items() if key != "card"}
