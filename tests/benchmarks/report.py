"""A table of figures, and the promises that they keep or break."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


@dataclass
class Report:
    """What one benchmark found."""

    title: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    promises: list[tuple[str, bool]] = field(default_factory=list)

    def figure(self, what: str, value: str) -> None:
        """Add a line to the table, and show at once that there is progress."""
        self.rows.append((what, value))
        print(f"    {what}: {value}", flush=True)

    def promise(self, sentence: str, *, kept: bool) -> None:
        """Write down whether something holds that must."""
        self.promises.append((sentence, kept))

    @property
    def broken(self) -> list[str]:
        """The promises that do not hold."""
        return [sentence for sentence, kept in self.promises if not kept]

    def show(self) -> None:
        """Print the table."""
        wide = max((len(what) for what, _ in self.rows), default=0)
        load = os.getloadavg()[0]
        print(f"\n{self.title} (load of the machine over the last minute: {load:.1f})")
        for what, value in self.rows:
            print(f"  {what:{wide}}  {value}")
        for sentence, kept in self.promises:
            print(f"  {'kept  ' if kept else 'BROKEN'}  {sentence}")
        print(flush=True)


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the values lie; 0 for none."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))] if ranked else 0.0
