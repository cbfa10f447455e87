"""No score gets worse from one released version to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.card_values import without_card
from governance.policies.rules.metrics import DATASET, METRIC, Result, results_of
from governance.policies.rules.parameters import Kind, Parameter, Stricter

BETTER = {
    "higher": gettext_lazy("Higher is better"),
    "lower": gettext_lazy("Lower is better"),
}


@dataclass(frozen=True, slots=True)
class NoRegression(Rule):
    """None of these metrics is worse than in the newest released version by more than its tolerance, and none is gone."""

    scores: tuple[dict[str, Any], ...] = ()
    id: ClassVar[str] = "no_regression"
    name: ClassVar = gettext_lazy("No score gets worse")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="scores",
            kind=Kind.ROWS,
            label=gettext_lazy("Scores"),
            help=gettext_lazy(
                "Compared with the newest released version, test by test. Empty a row to take it out."
            ),
            most=20,
            key=("metric", "dataset"),
            columns=(
                METRIC,
                DATASET,
                Parameter(
                    name="better",
                    kind=Kind.CHOICE,
                    label=gettext_lazy("Direction"),
                    choices=lambda: BETTER,
                    default="higher",
                ),
                Parameter(
                    name="tolerance",
                    kind=Kind.DECIMAL,
                    label=gettext_lazy("May get worse by"),
                    stricter=Stricter.LOWER,
                    minimum=0,
                    is_optional=True,
                ),
            ),
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("No score is worse than in the released version")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Leave it to a person when a score got worse or is no longer stated; nothing released has nothing to lose."""
        if (nothing := without_card(self, facts)) is not None:
            return nothing
        if facts.released is None:
            return self.says(Outcome.PASS, _("There is no released version to compare with."))
        if not facts.released.is_card_read:
            return self.says(Outcome.PENDING, _("The released card has not been read yet."))
        now = {each.key: each for each in results_of(facts.card)}
        watched = [
            (was, now.get(was.key), row)
            for was in results_of(facts.released.card)
            for row in self.scores
            if was.is_about(row["metric"], row["dataset"])
        ]
        gone = [was.told for was, found, _row in watched if found is None]
        worse = [
            _("{score} from {was} to {now}").format(
                score=was.told, was=f"{was.value:g}", now=f"{found.value:g}"
            )
            for was, found, row in watched
            if found is not None and _loss(was, found, row) > (row["tolerance"] or 0)
        ]
        told = []
        if worse:
            told.append(_("Worse: {scores}.").format(scores=listed(worse, most=5)))
        if gone:
            told.append(_("No longer stated: {scores}.").format(scores=listed(gone, most=5)))
        if told:
            return self.says(Outcome.DECIDE, " ".join(told), ["README.md"])
        return self.says(Outcome.PASS, _("Scores compared: {count}.").format(count=len(watched)))


def _loss(was: Result, now: Result, row: Mapping[str, Any]) -> float:
    """By how much it got worse, without the dust that floating point leaves."""
    loss = was.value - now.value if row["better"] == "higher" else now.value - was.value
    return round(loss, 12)
