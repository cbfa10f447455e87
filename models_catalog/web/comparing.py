"""What became of a model between two of its revisions: settings, results and sizes; no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.ui.quantities import count, filesize
from models_catalog.artifacts.queries import Weights
from models_catalog.revisions.models import Revision
from models_catalog.taxonomy.queries import (
    language_name,
    library_name,
    licence_label,
    task_title,
)

Text = str | Promise
MOST_VALUES = 12
MOST_SCORES = 30
HIGHER_IS_BETTER = frozenset(
    """
    accuracy f1 precision recall bleu chrf chrf++ rouge rouge1 rouge2 rougel spearman spearmanr pearson pearsonr map mrr
    ndcg auc roc_auc exact_match pass@1 meteor iou mean_iou
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
)
LOWER_IS_BETTER = frozenset(
    ["wer", "cer", "ter", "perplexity", "loss", "mae", "mse", "rmse", "fid", "eer"]
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its revision, what it is called, what its card says, what its weights hold."""

    revision: Revision
    title: str
    card: Mapping[str, Any]
    weights: Weights


@dataclass(frozen=True, slots=True)
class Setting:
    """A fact that differs; a side that does not state it is empty."""

    name: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Score:
    """One test that both cards state. ``is_better`` is ``None`` where nobody can say which way is good, or nothing changed."""

    test: str
    before: str
    after: str
    old: float
    new: float
    is_better: bool | None

    @property
    def change(self) -> str:
        """``+1.2``, with a real minus sign."""
        if self.new == self.old:
            return _("the same")
        return f"{self.new - self.old:+.4g}".replace("-", "−")

    @property
    def drawn(self) -> tuple[float, float] | None:
        """Both on a scale of 0 to 100; ``None`` for numbers of another kind."""
        scale = 100.0 if min(self.old, self.new) >= 0 and max(self.old, self.new) <= 1 else 1.0
        ends = (self.old * scale, self.new * scale)
        return ends if all(0 <= end <= 100 for end in ends) else None


_SETTINGS: Sequence[tuple[str, Text, Any]] = (
    ("license", gettext_lazy("Licence"), licence_label),
    ("pipeline_tag", gettext_lazy("Task"), task_title),
    ("library_name", gettext_lazy("Library"), library_name),
    ("language", gettext_lazy("Languages"), language_name),
    ("base_model", gettext_lazy("Made from"), str),
    ("datasets", gettext_lazy("Training data"), str),
    ("metrics", gettext_lazy("Measured by"), str),
    ("tags", gettext_lazy("Tags"), str),
)


def settings_between(before: Side, after: Side) -> tuple[list[Setting], int]:
    """The facts that differ, and how many stay as they were."""
    known = [
        Setting(name, _said(before.card.get(key), words), _said(after.card.get(key), words))
        for key, name, words in _SETTINGS
    ]
    known += [
        Setting(_("Parameters"), _parameters(before), _parameters(after)),
        Setting(_("Type of most parameters"), before.weights.main_type, after.weights.main_type),
        Setting(_("Files"), str(before.revision.file_count), str(after.revision.file_count)),
        Setting(
            _("Size"),
            filesize(before.revision.total_size),
            filesize(after.revision.total_size),
        ),
    ]
    stated = [each for each in known if each.before or each.after]
    changed = [each for each in stated if each.before != each.after]
    return changed, len(stated) - len(changed)


def _said(value: Any, words: Any) -> str:
    values = value if isinstance(value, list) else [value] if value else []
    shown = ", ".join(str(words(str(each))) for each in values[:MOST_VALUES])
    return shown + (", …" if len(values) > MOST_VALUES else "")


def _parameters(side: Side) -> str:
    return count(side.weights.parameters) if side.weights.parameters else ""


def scores_between(before: Side, after: Side) -> list[Score]:
    """Tests that both cards state with numbers, in the order of the newer card."""
    old = {_key(row): row["value"] for row in before.card.get("results", ())}
    found = []
    for row in after.card.get("results", ())[:MOST_SCORES]:
        was = _number(old.get(_key(row), ""))
        now = _number(row["value"])
        if was is not None and now is not None:
            test = ", ".join(part for part in (row["dataset"], row["metric"]) if part)
            better = _is_better(row["metric"], was, now)
            found.append(Score(test, old[_key(row)], row["value"], was, now, better))
    return found


def _key(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["task"], row["dataset"], row["metric"]


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e12 else None  # also leaves out nan and infinity


def _is_better(metric: str, was: float, now: float) -> bool | None:
    name = metric.casefold().replace("-", "_").replace(" ", "_")
    if was == now or not {name} & (HIGHER_IS_BETTER | LOWER_IS_BETTER):
        return None
    return (now > was) == (name in HIGHER_IS_BETTER)
