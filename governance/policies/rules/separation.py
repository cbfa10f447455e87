"""People with a part in a model do not judge it, and enough of them look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.parameters import Kind, Parameter, Stricter

PARTS = {
    "opened": gettext_lazy("Opened the change"),
    "released": gettext_lazy("Released the version before"),
    "card": gettext_lazy("Made the card"),
}


@dataclass(frozen=True, slots=True)
class SeparationOfDuties(Rule):
    """Somebody approved who had none of the parts of ``apart``, and ``people`` different people took part in all.

    Whoever pushed to the change never counts as its reviewer, with this rule or without it.
    """

    apart: tuple[str, ...] = ("opened", "released", "card")
    people: int = 2
    id: ClassVar[str] = "separation"
    name: ClassVar = gettext_lazy("Separation of duties")
    needs_change: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="apart",
            kind=Kind.CHOICES,
            label=gettext_lazy("Approvals do not count of people who"),
            help=gettext_lazy("Whoever pushed to the change never counts, whatever you choose."),
            choices=lambda: PARTS,
            is_optional=True,
        ),
        Parameter(
            name="people",
            kind=Kind.NUMBER,
            label=gettext_lazy("Different people"),
            help=gettext_lazy("How many made or approved the change in all, at least."),
            stricter=Stricter.HIGHER,
            minimum=2,
            maximum=10,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("Somebody without a part in the model has approved the change")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Pass, or leave the decision to people."""
        involved = {person for part in self.apart for person in facts.parts.get(part, ())}
        free = [voice for voice in facts.approvals if voice.person not in involved]
        if not free:
            bound = [voice.name for voice in facts.approvals]
            reason = _("Somebody has to approve who had no part in it.")
            if bound:
                reason = _("{names} had a part in it. Somebody else has to approve.").format(
                    names=listed(bound)
                )
            return self.says(Outcome.DECIDE, reason)
        people = len(facts.makers | {voice.person for voice in facts.approvals})
        if people < self.people:
            reason = _("{count} of {needed} different people took part.").format(
                count=people, needed=self.people
            )
            return self.says(Outcome.DECIDE, reason)
        names = listed([voice.name for voice in free])
        return self.says(Outcome.PASS, _("{names} had no part in it.").format(names=names))
