"""Every rule a finding can cite: its number, how bad it is, and what to say to a person.

One module per family, whose numbers share a prefix. Numbers are never reused.
"""

from __future__ import annotations

from governance.scanning.engine.rules import (
    archives,
    contexts,
    formats,
    pickles,
    safetensors,
    scans,
    texts,
)
from governance.scanning.engine.rules.rule import Rule

_FAMILIES = (archives, contexts, formats, pickles, safetensors, scans, texts)

ALL: dict[str, Rule] = {
    value.id: value
    for family in _FAMILIES
    for value in vars(family).values()
    if isinstance(value, Rule)
}
"""Every rule by its number."""

__all__ = [
    "ALL",
    "Rule",
    "archives",
    "contexts",
    "formats",
    "pickles",
    "safetensors",
    "scans",
    "texts",
]
