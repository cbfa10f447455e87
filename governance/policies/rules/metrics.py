"""Test results as cards state them (``model-index``), for rules that compare."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from governance.policies.facts import CardFact
from governance.policies.rules.parameters import Kind, Parameter

METRIC = Parameter(
    name="metric",
    kind=Kind.TEXT,
    label=gettext_lazy("Metric"),
    help=gettext_lazy("Its name or type in the card: accuracy, wer."),
    max_length=80,
)
DATASET = Parameter(
    name="dataset",
    kind=Kind.TEXT,
    label=gettext_lazy("Test data"),
    help=gettext_lazy("Empty: any."),
    max_length=120,
    is_optional=True,
    default="",
)


@dataclass(frozen=True, slots=True)
class Result:
    """One number that a card states."""

    task: str
    dataset: str
    metric: str
    type: str
    value: float

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other results of the card, and finds it in another version’s."""
        return self.task.casefold(), self.dataset.casefold(), self.metric.casefold()

    @property
    def told(self) -> str:
        """``accuracy on FLORES``."""
        return f"{self.metric} ({self.dataset})" if self.dataset else self.metric

    def is_about(self, metric: str, dataset: str) -> bool:
        """Whether a rule speaks of it."""
        named = _folded(metric) in (_folded(self.metric), _folded(self.type))
        return named and (not dataset or dataset.casefold() == self.dataset.casefold())


def results_of(card: CardFact | None) -> list[Result]:
    """The results that are numbers; a percent sign is left out, as cards write the same number with and without."""
    rows = card.facts.get("results") if card else None
    found = []
    for row in rows if isinstance(rows, list | tuple) else ():
        value = _number(row)
        if value is not None:
            said = {name: str(row.get(name, "")) for name in ("task", "dataset", "metric", "type")}
            found.append(Result(**said, value=value))
    return found


def _number(row: Mapping[str, object]) -> float | None:
    try:
        value = float(str(row.get("value", "")).removesuffix("%").strip())
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
