"""How the check of one rule ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a rule says of a change; ``pending`` waits for the hub itself (a scan that is still running)."""

    FAIL = "fail"
    DECIDE = "decide"
    PENDING = "pending"
    WAIVED = "waived"
    PASS = "pass"  # noqa: S105 - a word, not a secret


BLOCKING = frozenset({Outcome.FAIL, Outcome.DECIDE, Outcome.PENDING})


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """One rule, evaluated: ``title`` is what should be true, ``reason`` a whole sentence about why it is or is not."""

    rule: str
    title: str
    outcome: Outcome
    reason: str
    evidence: Sequence[str] = ()

    @property
    def is_blocking(self) -> bool:
        """Whether the change cannot be merged because of this."""
        return self.outcome in BLOCKING
