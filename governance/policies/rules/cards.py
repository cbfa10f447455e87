"""What the card has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import CardFact, Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.card_values import values_of, without_card
from governance.policies.rules.parameters import Kind, Parameter

FIELD_TITLES = {
    "title": gettext_lazy("a title"),
    "license": gettext_lazy("a licence"),
    "pipeline_tag": gettext_lazy("a task (pipeline_tag)"),
    "language": gettext_lazy("a language"),
    "library_name": gettext_lazy("a library"),
    "base_model": gettext_lazy("the model it was made from"),
    "datasets": gettext_lazy("the data it was trained on"),
}

# Sections after Mitchell et al. 2019, each by the words that its heading may hold.
SECTIONS = {
    "intended_use": (
        gettext_lazy("what it is for"),
        ("intended use", "what it is for", "direct use", "uses"),
    ),
    "limitations": (
        gettext_lazy("known limits"),
        ("limit", "caveat", "bias", "risk", "what it is not for", "out-of-scope"),
    ),
    "training_data": (gettext_lazy("training data"), ("training data", "training")),
    "evaluation": (
        gettext_lazy("test results"),
        ("evaluation", "test results", "results", "metrics"),
    ),
}


@dataclass(frozen=True, slots=True)
class LicencePresent(Rule):
    """The card names a licence."""

    id: ClassVar[str] = "licence_present"
    name: ClassVar = gettext_lazy("Licence")
    is_waivable: ClassVar[bool] = True

    @property
    def title(self) -> str:
        """See the class."""
        return _("The card names a licence")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """“other” counts when the card also gives its name."""
        if (nothing := without_card(self, facts)) is not None:
            return nothing
        assert facts.card is not None
        named = values_of(facts.card, "license")
        if named == ["other"]:
            named = values_of(facts.card, "license_name")
        if not named:
            return self.says(
                Outcome.FAIL, _("Name a licence in the head of README.md (license: …).")
            )
        return self.says(Outcome.PASS, f"{listed(named)}.")


@dataclass(frozen=True, slots=True)
class CardFields(Rule):
    """The card states these ``fields`` in its head and has a section for each of ``sections``."""

    fields: tuple[str, ...] = ("title", "license", "pipeline_tag")
    sections: tuple[str, ...] = ()
    id: ClassVar[str] = "card_fields"
    name: ClassVar = gettext_lazy("Complete card")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="fields",
            kind=Kind.CHOICES,
            label=gettext_lazy("Facts"),
            help=gettext_lazy("What the head of README.md has to state."),
            choices=lambda: FIELD_TITLES,
            is_optional=True,
        ),
        Parameter(
            name="sections",
            kind=Kind.CHOICES,
            label=gettext_lazy("Sections"),
            help=gettext_lazy("What README.md has to have a heading for."),
            choices=lambda: {name: title for name, (title, _words) in SECTIONS.items()},
            is_optional=True,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("The card is complete")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with the list of what is missing."""
        if (nothing := without_card(self, facts)) is not None:
            return nothing
        assert facts.card is not None
        missing = self._missing(facts.card)
        if missing:
            return self.says(
                Outcome.FAIL,
                _("README.md lacks {missing}.").format(missing=listed(missing, most=8)),
                ["README.md"],
            )
        return self.says(Outcome.PASS, _("README.md holds everything that the policy asks for."))

    def _missing(self, card: CardFact) -> list[str]:
        fields = [
            str(FIELD_TITLES.get(name, name)) for name in self.fields if not _states(card, name)
        ]
        sections = [
            _("a section on {title}").format(title=title)
            for title, words in (SECTIONS.get(name, (name, (name,))) for name in self.sections)
            if not _has_section(card, words)
        ]
        return fields + sections


def _states(card: CardFact, field: str) -> bool:
    return bool(card.title.strip()) if field == "title" else bool(values_of(card, field))


def _has_section(card: CardFact, words: Sequence[str]) -> bool:
    return any(word in heading.lower() for heading in card.headings for word in words)
