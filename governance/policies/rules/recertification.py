"""A released version is looked at again from time to time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule
from governance.policies.rules.parameters import Kind, Parameter, Stricter


@dataclass(frozen=True, slots=True)
class Recertification(Rule):
    """The newest released version was released, or certified anew, less than ``days`` ago."""

    days: int = 365
    id: ClassVar[str] = "recertification"
    name: ClassVar = gettext_lazy("Recertification")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="days",
            kind=Kind.NUMBER,
            label=gettext_lazy("Days"),
            help=gettext_lazy("A released version that is older is due for review again."),
            stricter=Stricter.LOWER,
            minimum=1,
            maximum=3650,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return ngettext(
            "The released version was reviewed within {count} day",
            "The released version was reviewed within {count} days",
            self.days,
        ).format(count=self.days)

    def due_at(self, certified_at: datetime) -> datetime:
        """When a version that was released or certified at a moment has to be looked at again."""
        return certified_at + timedelta(days=self.days)

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail for a released version that is due. A change is what brings a new one, so it is never in its own way."""
        if facts.opened_at is not None or facts.released is None or facts.now is None:
            told = ngettext(
                "A version is due again {count} day after its release.",
                "A version is due again {count} days after its release.",
                self.days,
            )
            return self.says(Outcome.PASS, told.format(count=self.days))
        due = self.due_at(facts.released.released_at)
        day = date_format(due, "j M Y")
        if facts.now >= due:
            reason = _("Version {number} has been due since {day}. Ask for a review of it.")
            return self.says(Outcome.FAIL, reason.format(number=facts.released.number, day=day))
        reason = _("Version {number} is due on {day}.")
        return self.says(Outcome.PASS, reason.format(number=facts.released.number, day=day))
