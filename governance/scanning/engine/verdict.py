"""The five verdicts and five severities, both ordered from harmless to worst."""

from __future__ import annotations

from enum import Enum
from typing import Self


class _Ranked(Enum):
    """An enumeration whose members compare by the order in which they are written."""

    @property
    def rank(self) -> int:
        return list(type(self)).index(self)

    def __lt__(self, other: Self) -> bool:
        return self.rank < other.rank

    def __le__(self, other: Self) -> bool:
        return self.rank <= other.rank

    def __gt__(self, other: Self) -> bool:
        return self.rank > other.rank

    def __ge__(self, other: Self) -> bool:
        return self.rank >= other.rank


class Verdict(_Ranked):
    """What scanning says of some bytes; the worst of several counts."""

    SAFE = "safe"
    UNSCANNABLE = "unscannable"
    SUSPICIOUS = "suspicious"
    ERROR = "error"
    DANGEROUS = "dangerous"


class Severity(_Ranked):
    """How much one finding matters to the person who reads it."""

    NOTE = "note"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"
