"""Looking for passwords, keys and tokens in text.

``search`` takes any bytes that hold text and returns what it found, masked: the first four characters, the last two, never the
rest. Each pattern has a fixed needle, so that gigabytes without one cost next to nothing, and a check against
the examples of documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from governance.scanning.engine.rules import Rule
from governance.scanning.engine.secrets.patterns import PATTERNS, Pattern
from governance.scanning.engine.secrets.plausible import is_example, mask

OVERLAP = 4096
"""Bytes that a caller who reads piece by piece repeats: no secret here is longer."""
_MOST_TRIES = 50_000


@dataclass(frozen=True, slots=True)
class Secret:
    """Something found; ``shown`` is masked."""

    rule: Rule
    what: str
    shown: str
    offset: int

    @property
    def detail(self) -> str:
        """A sentence for a person."""
        return f"{self.what}: {self.shown}."


def search(content: bytes) -> list[Secret]:
    """Everything in some text that only its owner should know, each thing once."""
    found: dict[tuple[str, str], Secret] = {}
    folded = content.lower()
    for pattern in PATTERNS:
        for match_at, value in _matches(pattern, content, folded):
            shown = mask(value)
            found.setdefault(
                (pattern.what, shown), Secret(pattern.rule, pattern.what, shown, match_at)
            )
    return list(found.values())


def _matches(pattern: Pattern, content: bytes, folded: bytes) -> Iterator[tuple[int, str]]:
    searched = folded if pattern.is_folded else content
    for needle in pattern.needles:
        at = searched.find(needle)
        for _ in range(_MOST_TRIES):
            if at < 0:
                break
            match = pattern.at(content, at)
            further = at + len(needle)
            if match is not None:
                further = max(further, match.end(1))
                value = match.group(1).decode("ascii", "replace")
                if pattern.check(value) and not is_example(value[:200]):
                    yield match.start(1), value
            at = searched.find(needle, further)


__all__ = ["OVERLAP", "Secret", "search"]
