"""When a child that died is started again."""

from __future__ import annotations

from dataclasses import dataclass, field

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds
SETTLED_AFTER = 30.0  # seconds a child must have lived to count as one that works
DEATHS_ALLOWED = 4  # before it has ever settled


@dataclass(slots=True)
class Patience:
    """Counts the deaths of one child; doubles the wait from one to the next."""

    settled: bool = False
    deaths: list[float] = field(default_factory=list)

    def wait_after(self, lived: float, *, now: float) -> float | None:
        """Seconds until the next start, or nothing when starting it has no prospect.

        ``lived`` is how long the child lived and ``now`` a clock that only goes forward, both in seconds.
        """
        if lived >= SETTLED_AFTER:
            self.settled, self.deaths = True, []
        self.deaths.append(now)
        recent = [death for death in self.deaths if now - death <= SETTLED_AFTER]
        if not self.settled and len(recent) > DEATHS_ALLOWED:
            return None
        return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** (len(self.deaths) - 1)))
