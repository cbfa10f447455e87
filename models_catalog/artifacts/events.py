"""What happens to the headers of weight files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hub.core.events import Event
from models_catalog.artifacts.models import Header


@dataclass(frozen=True, kw_only=True)
class HeaderRead(Event):
    """The header of a weight file was read; ``header`` is for subscribers and not part of the record."""

    name = "header:read"
    header: Header = field(repr=False, compare=False)
    sha256: str
    format: str

    def details(self) -> Any:
        """The fields for the record: all but the row."""
        return {key: value for key, value in super().details().items() if key != "header"}
