"""A change has been open long enough for people to see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule
from governance.policies.rules.parameters import Kind, Parameter, Stricter

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MinimumAge(Rule):
    """The change was opened at least ``hours`` ago."""

    hours: int = 24
    id: ClassVar[str] = "minimum_age"
    name: ClassVar = gettext_lazy("Time to look")
    is_waivable: ClassVar[bool] = True
    needs_change: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="hours",
            kind=Kind.NUMBER,
            label=gettext_lazy("Hours"),
            help=gettext_lazy("How long a change is open before it can be merged."),
            stricter=Stricter.HIGHER,
            minimum=1,
            maximum=24 * 90,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return ngettext(
            "The change has been open for {count} hour",
            "The change has been open for {count} hours",
            self.hours,
        ).format(count=self.hours)

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Wait for the rest of the time; where nobody knows when it was opened, fail."""
        if facts.opened_at is None or facts.now is None:
            return self.says(Outcome.FAIL, _("Nobody knows when this was proposed."))
        open_for = int((facts.now - facts.opened_at) / HOUR)
        if open_for < self.hours:
            left = self.hours - open_for
            reason = ngettext(
                "{count} more hour, so that everybody has time to look.",
                "{count} more hours, so that everybody has time to look.",
                left,
            ).format(count=left)
            return self.says(Outcome.PENDING, reason)
        told = ngettext("Open for {count} hour.", "Open for {count} hours.", open_for)
        return self.says(Outcome.PASS, told.format(count=open_for))
