"""Every rule a finding can cite: its number, how bad it is, and what to say to a person.

One module per family, whose numbers share a prefix. Numbers are never reused.
"""

from __future__ import annotations

from governance.scanning.engine.rules import (
    archives,
    configurations,
    containers,
    contexts,
    documents,
    formats,
    gguf,
    jinja,
    media,
    notebooks,
    numpys,
    onnx,
    pickles,
    safetensors,
    scans,
    secrets,
    sources,
    tables,
    texts,
    web,
    yamls,
)
from governance.scanning.engine.rules.rule import Rule

_FAMILIES = (
    archives,
    configurations,
    containers,
    contexts,
    documents,
    formats,
    gguf,
    jinja,
    media,
    notebooks,
    numpys,
    onnx,
    pickles,
    safetensors,
    scans,
    secrets,
    sources,
    tables,
    texts,
    web,
    yamls,
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
    "configurations",
    "containers",
    "contexts",
    "documents",
    "formats",
    "gguf",
    "jinja",
    "media",
    "notebooks",
    "numpys",
    "onnx",
    "pickles",
    "safetensors",
    "scans",
    "secrets",
    "sources",
    "tables",
    "texts",
    "web",
    "yamls",
]
