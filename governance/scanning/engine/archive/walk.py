"""Unpacking a stream piece by piece, and what all kinds of packed streams share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.reader import Reader

STEP = 256 * 1024


class Damaged(Exception):
    """The compressed bytes cannot be unpacked to their end."""


class Unusual(Exception):
    """The bytes are sound as far as one can see, but packed in a way that is not read here."""


class Walk(ABC):
    """One pass over packed bytes, forward only."""

    def __init__(self, packed: Reader, meter: Meter) -> None:
        self.packed = packed
        self.meter = meter
        self.position = 0
        """Bytes unpacked so far."""

    def next(self) -> bytes:
        """The next piece, a few MiB at most; empty at the end. Raises Damaged, Unusual, BudgetExceeded."""
        piece = self.unpack()
        self.meter.spend_inflated(len(piece))
        self.position += len(piece)
        return piece

    @abstractmethod
    def unpack(self) -> bytes:
        """The next piece; empty only at the end."""

    @property
    @abstractmethod
    def unused(self) -> int:
        """Packed bytes after the end; known once the end is reached."""

    def again(self) -> Self:
        """A new walk over the same bytes from their beginning."""
        return type(self)(self.packed, self.meter)

    def copy(self) -> Self | None:
        """A walk that stands where this one does, if the state of its codec can be copied."""
        return None
