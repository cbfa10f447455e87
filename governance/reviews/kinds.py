"""What kind of review a change asks for: to publish files, or to publish them under another licence."""

from __future__ import annotations

from dataclasses import dataclass

from governance.policies.facts import CardFact
from governance.reviews.gathering import ChangeReview
from models_catalog.changes.models import Change

PUBLISH, LICENCE = "publish", "licence"


@dataclass(frozen=True, slots=True)
class LicenceChange:
    """The licences that the cards of the released version and of the change name; empty for none."""

    before: str
    after: str


def licence_change(review: ChangeReview) -> LicenceChange | None:
    """The difference between the licence on ``main`` and the one that a change brings, once both cards are read."""
    if not isinstance(review.subject, Change):
        return None
    released, facts = review.facts.released, review.facts
    if released is None or released.card is None or not facts.is_card_read:
        return None
    before, after = licence_of(released.card), licence_of(facts.card)
    return LicenceChange(before, after) if before != after else None


def licence_of(card: CardFact | None) -> str:
    """What a card says under ``license``, as one line."""
    said = card.facts.get("license") if card else None
    if isinstance(said, list):
        return ", ".join(str(each) for each in said)
    return str(said or "").strip()
