"""The change is about what stands on ``main`` now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule


@dataclass(frozen=True, slots=True)
class UpToDate(Rule):
    """``main`` has not moved since the change branched off, or was brought in."""

    id: ClassVar[str] = "up_to_date"
    name: ClassVar = gettext_lazy("Up to date")
    needs_change: ClassVar[bool] = True

    @property
    def title(self) -> str:
        """See the class."""
        return _("The change builds on the newest “main”")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail when it is behind."""
        if facts.is_behind:
            reason = _("“main” has moved on since this change began. Bring the change up to date.")
            return self.says(Outcome.FAIL, reason)
        return self.says(Outcome.PASS, _("Nothing was added to “main” meanwhile."))
