"""The card says how well the model does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.card_values import without_card
from governance.policies.rules.metrics import results_of
from governance.policies.rules.parameters import Kind, Parameter


@dataclass(frozen=True, slots=True)
class EvaluationPresent(Rule):
    """The card states test results as numbers (``model-index``), among them each of ``metrics``."""

    metrics: tuple[str, ...] = ()
    id: ClassVar[str] = "evaluation"
    name: ClassVar = gettext_lazy("Test results")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="metrics",
            kind=Kind.WORDS,
            label=gettext_lazy("Metrics"),
            help=gettext_lazy("Each has to be stated; one in each line. Empty: any will do."),
            most=20,
            max_length=80,
            is_optional=True,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("The card states test results")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail without results, or with the metrics that are missing."""
        if (nothing := without_card(self, facts)) is not None:
            return nothing
        results = results_of(facts.card)
        if not results:
            reason = _("State results as numbers in the head of README.md (model-index: …).")
            return self.says(Outcome.FAIL, reason, ["README.md"])
        missing = [
            name for name in self.metrics if not any(each.is_about(name, "") for each in results)
        ]
        if missing:
            reason = _("README.md states no {names}.").format(names=listed(missing, most=8))
            return self.says(Outcome.FAIL, reason, ["README.md"])
        told = ngettext("{count} result.", "{count} results.", len(results))
        return self.says(Outcome.PASS, told.format(count=len(results)))
