"""What every rule is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome


class Rule(ABC):
    """One requirement. Subclasses are frozen dataclasses whose fields are the parameters that a policy may set."""

    id: ClassVar[str]

    @property
    @abstractmethod
    def title(self) -> str:
        """The requirement as a sentence that is true when it is met: “The card names a licence”."""

    @abstractmethod
    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Judge ``facts``; never raises and never looks anything up."""

    def says(self, outcome: Outcome, reason: str, evidence: Sequence[str] = ()) -> CheckOutcome:
        """The outcome of this rule."""
        return CheckOutcome(
            rule=self.id, title=self.title, outcome=outcome, reason=reason, evidence=tuple(evidence)
        )


def listed(names: Sequence[str], *, most: int = 3) -> str:
    """``a, b and 4 more``: names for the middle of a sentence."""
    shown = [str(name) for name in names[:most]]
    left = len(names) - len(shown)
    if left:
        return f"{', '.join(shown)} and {left} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
