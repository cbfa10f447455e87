"""Reading the front matter of a card as rules need it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from governance.policies.facts import CardFact, Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule

NO_CARD = gettext_lazy("There is no README.md, and it is where the card stands.")
NOT_READ = gettext_lazy("The card has not been read yet.")


def without_card(rule: Rule, facts: Facts) -> CheckOutcome | None:
    """What a rule about cards says when there is nothing to judge."""
    if not facts.is_card_read:
        return rule.says(Outcome.PENDING, NOT_READ)
    return rule.says(Outcome.FAIL, NO_CARD) if facts.card is None else None


def values_of(card: CardFact, field: str) -> list[str]:
    """What the head of the card says under ``field``: nothing, one value or several."""
    value = card.facts.get(field)
    found = value if isinstance(value, list | tuple) else [value]
    return [str(each).strip() for each in found if each is not None and str(each).strip()]


def own_value(card: CardFact, name: str) -> Any:
    """What the head of the card says under a name that no specification knows; ``None`` for nothing."""
    own = card.facts.get("own")
    return own.get(name) if isinstance(own, Mapping) else None
