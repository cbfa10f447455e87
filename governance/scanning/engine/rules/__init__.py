"""Every rule a finding can cite: its number, how bad it is, and what to say to a person.

One module per family, whose numbers share a prefix. Numbers are never reused.
"""

from __future__ import annotations

from governance.scanning.engine.rules import (
    archives,
    boosters,
    configurations,
    containers,
    contexts,
    coreml,
    documents,
    formats,
    gguf,
    hdf5,
    jinja,
    keras,
    media,
    msgpack,
    nemo,
    notebooks,
    numpys,
    onnx,
    pickles,
    pmml,
    rdata,
    safetensors,
    scans,
    secrets,
    skops,
    sources,
    tables,
    tensorflow,
    texts,
    tflite,
    web,
    yamls,
)
from governance.scanning.engine.rules.rule import Rule

_FAMILIES = (
    archives,
    boosters,
    configurations,
    containers,
    contexts,
    coreml,
    documents,
    formats,
    gguf,
    hdf5,
    jinja,
    keras,
    media,
    msgpack,
    nemo,
    notebooks,
    numpys,
    onnx,
    pickles,
    pmml,
    rdata,
    safetensors,
    scans,
    secrets,
    skops,
    sources,
    tables,
    tensorflow,
    texts,
    tflite,
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
    "boosters",
    "configurations",
    "containers",
    "contexts",
    "coreml",
    "documents",
    "formats",
    "gguf",
    "hdf5",
    "jinja",
    "keras",
    "media",
    "msgpack",
    "nemo",
    "notebooks",
    "numpys",
    "onnx",
    "pickles",
    "pmml",
    "rdata",
    "safetensors",
    "scans",
    "secrets",
    "skops",
    "sources",
    "tables",
    "tensorflow",
    "texts",
    "tflite",
    "web",
    "yamls",
]
