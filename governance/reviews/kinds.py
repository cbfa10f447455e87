"""What kind of review a change asks for: to publish files, or to publish them under another licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from governance.policies.facts import CardFact, RevisionFacts
from governance.policies.rules.by_kind import LICENCE, PUBLISH
from governance.reviews.subjects import Subject, kind_of
from models_catalog.changes.models import Change

if TYPE_CHECKING:
    from governance.reviews.gathering import ChangeReview


@dataclass(frozen=True, slots=True)
class LicenceChange:
    """The licences that the cards of the released version and of the change name; empty for none."""

    before: str
    after: str


def licence_change(review: ChangeReview) -> LicenceChange | None:
    """The difference between the licence on ``main`` and the one that a change brings, once both cards are read."""
    return _between(review.facts) if isinstance(review.subject, Change) else None


def kind_asked(subject: Subject, facts: RevisionFacts) -> str:
    """The kind of review that a subject needs. While a card is unread it could be another licence, and counts as one."""
    if not isinstance(subject, Change):
        return kind_of(subject)
    released = facts.released
    if released is None:
        return PUBLISH
    is_known = facts.is_card_read and released.is_card_read
    return LICENCE if not is_known or _between(facts) else PUBLISH


def _between(facts: RevisionFacts) -> LicenceChange | None:
    released = facts.released
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
