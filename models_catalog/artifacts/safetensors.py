"""The header of a safetensors file: names, types and shapes of its tensors, without the weights.

Format: eight bytes with the header's length N (little endian), then N bytes of JSON (safetensors 0.4 and later). The
format allows 100 MB for N; a header of 100,000 tensors has 12 MB, and more is not read into the worker's memory. Pure;
runs in a bounded child process.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import prod
from typing import Any

READER = "1"
FORMAT = "safetensors"
LENGTH_BYTES = 8
MAX_HEADER = 16 * 2**20
MAX_TENSORS = 5_000
MAX_RANK = 32
MAX_NAME = 300
MAX_TYPE = 20
MAX_METADATA = 50
MOST = 2**63 - 1


class BadHeader(ValueError):
    """The bytes are not a safetensors header; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What a header says. ``types`` counts parameters by type; ``tensors`` are [name, type, shape, bytes]."""

    parameters: int = 0
    tensor_count: int = 0
    types: dict[str, int] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    tensors: list[tuple[str, str, list[int], int]] = field(default_factory=list)


def header_length(start: bytes, *, file_size: int) -> int:
    """N, from the first eight bytes of a file. Raises ``BadHeader``."""
    length = int.from_bytes(start, "little")
    if (
        len(start) < LENGTH_BYTES
        or not 2 <= length <= MAX_HEADER
        or LENGTH_BYTES + length > file_size
    ):
        raise BadHeader("The file does not begin with a safetensors header that the hub reads.")
    return length


def read_header(source: bytes) -> HeaderFacts:
    """The facts in the N bytes of JSON. Raises ``BadHeader``."""
    try:
        loaded = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise BadHeader("The header of the file is not JSON.") from error
    if not isinstance(loaded, dict):
        raise BadHeader("The header of the file does not list tensors.")
    metadata = loaded.pop("__metadata__", {})
    tensors = [_tensor(name, facts) for name, facts in loaded.items()]
    types: Counter[str] = Counter()
    for _, kind, shape, _size in tensors:
        types[kind] += prod(shape)
    total = sum(types.values())
    if total > MOST:
        raise BadHeader("The header of the file claims more parameters than any disk could hold.")
    return HeaderFacts(
        parameters=total,
        tensor_count=len(tensors),
        types=dict(types.most_common(20)),
        metadata=_metadata(metadata),
        tensors=tensors[:MAX_TENSORS],
    )


def _tensor(name: str, facts: Any) -> tuple[str, str, list[int], int]:
    try:
        kind, shape, (start, end) = facts["dtype"], facts["shape"], facts["data_offsets"]
        is_right = isinstance(kind, str) and len(shape) <= MAX_RANK and 0 <= start <= end <= MOST
    except (KeyError, TypeError, ValueError) as error:
        raise BadHeader(
            "The header of the file describes a tensor without type, shape or place."
        ) from error
    if not is_right or not all(isinstance(side, int) and 0 <= side <= MOST for side in shape):
        raise BadHeader("The header of the file describes a tensor that cannot be.")
    return (
        _printable(name, MAX_NAME),
        _printable(kind, MAX_TYPE),
        list(shape),
        int(end) - int(start),
    )


def _metadata(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {
        _printable(str(k), MAX_NAME): _printable(str(v), MAX_NAME)
        for k, v in list(value.items())[:MAX_METADATA]
    }


def _printable(text: str, longest: int) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:longest])


def read_as_json(source: bytes) -> bytes:
    """The entry point of the child process: the facts, or ``{"problem": "…"}``."""
    try:
        facts = read_header(source)
    except BadHeader as bad:
        return json.dumps({"problem": str(bad)}).encode()
    return json.dumps(asdict(facts)).encode()
