"""What every rule is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


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

    def says(
        self, outcome: Outcome, reason: _StrOrPromise, evidence: Sequence[str] = ()
    ) -> CheckOutcome:
        """The outcome of this rule."""
        return CheckOutcome(
            rule=self.id,
            title=self.title,
            outcome=outcome,
            reason=str(reason),
            evidence=tuple(evidence),
        )


def listed(names: Sequence[str], *, most: int = 3) -> str:
    """``a, b and 4 more``: names for the middle of a sentence."""
    shown = [str(name) for name in names[:most]]
    left = len(names) - len(shown)
    if left:
        return _("{names} and {count} more").format(names=", ".join(shown), count=left)
    if len(shown) < 2:
        return "".join(shown)
    return _("{names} and {last}").format(names=", ".join(shown[:-1]), last=shown[-1])
