"""What runs here."""

from __future__ import annotations

from typing import Any

from governance.scanning.engine import ruleset_version
from models_catalog.cards.render import RENDERER


def values() -> dict[str, Any]:
    """The versions that a report about this hub should name."""
    return {"ruleset": ruleset_version(), "renderer": RENDERER}
