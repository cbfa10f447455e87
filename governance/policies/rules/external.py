"""What programs outside of the hub say about a revision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts, ReportFact
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.parameters import Kind, Parameter


@dataclass(frozen=True, slots=True)
class ExternalChecks(Rule):
    """Each of these external checks reported success for exactly this revision."""

    names: tuple[str, ...] = ()
    id: ClassVar[str] = "external_checks"
    name: ClassVar = gettext_lazy("External checks")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="names",
            kind=Kind.WORDS,
            label=gettext_lazy("Names"),
            help=gettext_lazy("As your programs report them by the API; one in each line."),
            most=20,
            max_length=80,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("External checks passed: {names}").format(names=listed(self.names, most=4))

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with what failed, else wait for what has not reported."""
        states = {
            name: facts.reports[name].state if name in facts.reports else "" for name in self.names
        }
        failed = [name for name, state in states.items() if state in ("failure", "error")]
        if failed:
            told = [f"{name}: {_said(facts.reports[name])}" for name in failed]
            return self.says(Outcome.FAIL, f"{listed(told)}.", failed)
        waiting = [name for name, state in states.items() if state != "success"]
        if waiting:
            reason = _("Not reported for this revision: {names}.").format(names=listed(waiting))
            return self.says(Outcome.PENDING, reason, waiting)
        return self.says(Outcome.PASS, _("All of them reported success."))


def _said(report: ReportFact) -> str:
    """Its summary for the middle of a sentence."""
    return report.summary.rstrip(".") or report.state
