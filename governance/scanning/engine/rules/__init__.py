"""Every rule a finding can cite: its number, how bad it is, and what to say to a person.

One module per family, whose numbers share a prefix. Numbers are never reused.
"""

from __future__ import annotations

from governance.scanning.engine.rules import (
    archives,
    containers,
    contexts,
    documents,
    formats,
    media,
    pickles,
    safetensors,
    scans,
    tables,
    texts,
)
from governance.scanning.engine.rules.rule import Rule

_FAMILIES = (
    archives,
    containers,
    contexts,
    documents,
    formats,
    media,
    pickles,
    safetensors,
    scans,
    tables,
    texts,
)

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
    "containers",
    "contexts",
    "documents",
    "formats",
    "media",
    "pickles",
    "safetensors",
    "scans",
    "tables",
    "texts",
]
