"""One message that has been read to its end."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """Text or bytes: where they stand, how many there are, and the first of them."""

    offset: int
    length: int
    head: bytes

    @property
    def text(self) -> str:
        """As far as it was kept."""
        return self.head.decode("utf-8", "replace")


@dataclass(slots=True)
class Message:
    """A message: what kind it is, under which name it stands in its parent, and its values by the names of fields."""

    kind: str
    name: str
    start: int
    end: int
    numbers: dict[str, list[int]] = field(default_factory=dict)
    pieces: dict[str, list[Piece]] = field(default_factory=dict)
    messages: dict[str, list[Message]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """How many items every repeated field of plain values has; only the first of them are kept."""

    def number(self, name: str, default: int = 0) -> int:
        """The last number given for a field, as readers take it."""
        found = self.numbers.get(name)
        return found[-1] if found else default

    def text(self, name: str) -> str:
        """The last text given for a field; empty when there is none."""
        found = self.pieces.get(name)
        return found[-1].text if found else ""

    def texts(self, name: str) -> list[str]:
        """Every text of a repeated field that was kept."""
        return [piece.text for piece in self.pieces.get(name, ())]

    def children(self, name: str) -> list[Message]:
        """Every message of a field, except for those that parents do not keep."""
        return self.messages.get(name, [])

    def length(self, name: str) -> int:
        """The bytes of all values of a field together."""
        return sum(piece.length for piece in self.pieces.get(name, ()))
