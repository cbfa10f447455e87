"""What the card has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from governance.policies.facts import CardFact, Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed

NO_CARD = "There is no README.md, and it is where the card stands."
NOT_READ = "The card has not been read yet."

FIELD_TITLES = {
    "title": "a title",
    "license": "a licence",
    "pipeline_tag": "a task (pipeline_tag)",
    "language": "a language",
    "library_name": "a library",
    "base_model": "the model it was made from",
    "datasets": "the data it was trained on",
}

# Sections after Mitchell et al. 2019, each by the words that its heading may hold.
SECTIONS = {
    "intended_use": ("what it is for", ("intended use", "what it is for", "direct use", "uses")),
    "limitations": (
        "known limits",
        ("limit", "caveat", "bias", "risk", "what it is not for", "out-of-scope"),
    ),
    "training_data": ("training data", ("training data", "training")),
    "evaluation": ("test results", ("evaluation", "test results", "results", "metrics")),
}


@dataclass(frozen=True, slots=True)
class LicencePresent(Rule):
    """The card names a licence; when ``allowed`` is not empty, one of those."""

    allowed: Sequence[str] = ()
    id: ClassVar[str] = "licence_present"

    @property
    def title(self) -> str:
        """See the class."""
        return "The card names an allowed licence" if self.allowed else "The card names a licence"

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """“other” counts when the card also gives its name."""
        if not facts.is_card_read:
            return self.says(Outcome.PENDING, NOT_READ)
        if facts.card is None:
            return self.says(Outcome.FAIL, NO_CARD)
        named = _values(facts.card, "license")
        if named == ["other"]:
            named = _values(facts.card, "license_name")
        if not named:
            return self.says(Outcome.FAIL, "Name a licence in the head of README.md (license: …).")
        refused = [name for name in named if self.allowed and name not in self.allowed]
        if refused:
            choice = listed(list(self.allowed), most=6)
            return self.says(
                Outcome.FAIL, f"The policy does not allow {listed(refused)}. Allowed: {choice}."
            )
        return self.says(Outcome.PASS, f"{listed(named)}.")


@dataclass(frozen=True, slots=True)
class CardFields(Rule):
    """The card states these ``fields`` in its head and has a section for each of ``sections``."""

    fields: Sequence[str] = ("title", "license", "pipeline_tag")
    sections: Sequence[str] = ()
    id: ClassVar[str] = "card_fields"

    @property
    def title(self) -> str:
        """See the class."""
        return "The card is complete"

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with the list of what is missing."""
        if not facts.is_card_read:
            return self.says(Outcome.PENDING, NOT_READ)
        if facts.card is None:
            return self.says(Outcome.FAIL, NO_CARD)
        missing = self._missing(facts.card)
        if missing:
            return self.says(
                Outcome.FAIL, f"README.md lacks {listed(missing, most=8)}.", ["README.md"]
            )
        return self.says(Outcome.PASS, "README.md holds everything that the policy asks for.")

    def _missing(self, card: CardFact) -> list[str]:
        fields = [FIELD_TITLES.get(name, name) for name in self.fields if not _states(card, name)]
        sections = [
            f"a section on {title}"
            for title, words in (SECTIONS.get(name, (name, (name,))) for name in self.sections)
            if not _has_section(card, words)
        ]
        return fields + sections


def _states(card: CardFact, field: str) -> bool:
    return bool(card.title.strip()) if field == "title" else bool(_values(card, field))


def _values(card: CardFact, field: str) -> list[str]:
    """What the head of the card says under ``field``: nothing, one value or several."""
    value = card.facts.get(field)
    found = value if isinstance(value, list | tuple) else [value]
    return [str(each).strip() for each in found if each is not None and str(each).strip()]


def _has_section(card: CardFact, words: Sequence[str]) -> bool:
    return any(word in heading.lower() for heading in card.headings for word in words)
