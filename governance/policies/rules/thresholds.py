"""How well a model has to do."""

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


@dataclass(frozen=True, slots=True)
class Thresholds(Rule):
    """Every result of these metrics that the card states lies within its bounds, and there is one for each."""

    scores: tuple[dict[str, Any], ...] = ()
    id: ClassVar[str] = "thresholds"
    name: ClassVar = gettext_lazy("Scores")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="scores",
            kind=Kind.ROWS,
            label=gettext_lazy("Scores"),
            help=gettext_lazy("Bounds for what the card states. Empty a row to take it out."),
            most=20,
            key=("metric", "dataset"),
            columns=(
                METRIC,
                DATASET,
                Parameter(
                    name="least",
                    kind=Kind.DECIMAL,
                    label=gettext_lazy("At least"),
                    stricter=Stricter.HIGHER,
                    is_optional=True,
                ),
                Parameter(
                    name="most",
                    kind=Kind.DECIMAL,
                    label=gettext_lazy("At most"),
                    stricter=Stricter.LOWER,
                    is_optional=True,
                ),
            ),
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("The scores are good enough")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with the scores that are missing or out of bounds."""
        if (nothing := without_card(self, facts)) is not None:
            return nothing
        results = results_of(facts.card)
        missing: list[str] = []
        wrong: list[str] = []
        right: list[str] = []
        for row in self.scores:
            stated = [each for each in results if each.is_about(row["metric"], row["dataset"])]
            missing += [] if stated else [_named(row)]
            for each in stated:
                (right if _is_within(each, row) else wrong).append(_said(each, row))
        told = []
        if missing:
            told.append(_("README.md states no {names}.").format(names=listed(missing, most=8)))
        if wrong:
            told.append(_("Out of bounds: {scores}.").format(scores=listed(wrong, most=5)))
        if told:
            return self.says(Outcome.FAIL, " ".join(told), ["README.md"])
        return self.says(Outcome.PASS, f"{listed(right, most=5)}." if right else "")


def _is_within(result: Result, row: Mapping[str, Any]) -> bool:
    least, most = row["least"], row["most"]
    return (least is None or result.value >= least) and (most is None or result.value <= most)


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['metric']} ({row['dataset']})" if row["dataset"] else str(row["metric"])


def _said(result: Result, row: Mapping[str, Any]) -> str:
    bounds = []
    if row["least"] is not None:
        bounds.append(_("at least {value}").format(value=f"{row['least']:g}"))
    if row["most"] is not None:
        bounds.append(_("at most {value}").format(value=f"{row['most']:g}"))
    return f"{result.told} {result.value:g} ({', '.join(bounds)})" if bounds else result.told
