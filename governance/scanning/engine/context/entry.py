"""One path of a revision, with what content scanning said of its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.scanning.engine.report import Fact


@dataclass(frozen=True, slots=True)
class Entry:
    """A path and the formats and facts of the report on its blob."""

    path: str
    size: int
    formats: tuple[str, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The last part, folded as file systems that ignore case, dots and blanks at the end would."""
        return self.path.rsplit("/", 1)[-1].lower().rstrip(". ")

    @property
    def ending(self) -> str:
        """The last ending with its dot; empty for ``LICENSE`` and ``.gitattributes``."""
        stem, dot, end = self.name.rpartition(".")
        return f".{end}" if dot and stem else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A fact that is a list of texts; empty when it is missing or something else."""
        value = self.facts.get(key, ())
        return tuple(value) if isinstance(value, tuple | list) else ()
