"""What fields a message has, written down as a table.

One line a message: its name, then every field as ``number name kind``; a ``*`` marks what may be repeated. A kind is the
name of another message, or one of ``int`` (any varint), ``f32``, ``f64`` (four and eight bytes), ``text``, ``bytes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NUMBERS = frozenset({"int", "f32", "f64"})
PLAIN = NUMBERS | {"text", "bytes"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message."""

    name: str
    kind: str
    is_repeated: bool
    is_message: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """The messages of one family, by name."""

    messages: Mapping[str, Mapping[int, Field]]
    detached: frozenset[str] = field(default=frozenset())
    """Messages of which there may be any number: their parents do not keep them."""


def schema(table: str, detached: frozenset[str]) -> Schema:
    """Read a table; raises ValueError when it names a message that it does not describe."""
    messages: dict[str, dict[int, Field]] = {}
    for line in filter(None, map(str.strip, table.splitlines())):
        name, _, described = line.partition(":")
        messages[name] = dict(_field(one) for one in described.split(",") if one.strip())
    for fields in messages.values():
        for one in fields.values():
            if one.is_message and one.kind not in messages:
                raise ValueError(f"there is no message {one.kind}")
    return Schema(messages, detached)


def _field(described: str) -> tuple[int, Field]:
    number, name, kind = described.split()
    plain = kind.removesuffix("*")
    return int(number), Field(name, plain, kind.endswith("*"), plain not in PLAIN)
