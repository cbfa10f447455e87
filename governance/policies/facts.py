"""What rules judge: everything known about one change, gathered beforehand, without a row of the database in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Self

from models_catalog.storage.models import Verdict


@dataclass(frozen=True, slots=True)
class WaiverFact:
    """A waiver in force for one file: who gave it and until when."""

    by: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class FileFact:
    """One file of the revision.

    ``formats`` is what its bytes were read as, ``None`` while nobody has read them. ``waiver`` is in force, covers
    this verdict, and was not given by one of the change's makers.
    """

    path: str
    size: int
    verdict: Verdict
    formats: tuple[str, ...] | None = None
    waiver: WaiverFact | None = None


@dataclass(frozen=True, slots=True)
class CardFact:
    """What the card says: its front matter (``facts``), its title and the words of its headings."""

    title: str
    facts: Mapping[str, object]
    headings: Sequence[str]


@dataclass(frozen=True, slots=True)
class Voice:
    """A decision that counts at this moment, with the name, the role it was made in, and the person's id."""

    name: str
    as_security: bool = False
    reason: str = ""
    person: int = 0


@dataclass(frozen=True, slots=True)
class ReleasedFact:
    """The newest released version of the model: when and by whom it was released, and what its card says."""

    number: int
    released_at: datetime
    released_by: int | None = None
    card: CardFact | None = None
    is_card_read: bool = True


@dataclass(frozen=True, slots=True)
class ReportFact:
    """The newest word of an external check: pending, success, failure or error.

    ``by`` is the account that said so, with the id ``person``; nobody whose account was stopped since. ``is_own_robot``:
    it is a service account of the organisation that the model belongs to.
    """

    state: str
    summary: str = ""
    reported_at: datetime | None = None
    by: str = ""
    person: int = 0
    is_own_robot: bool = False


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """A reviewer's answer to a question of the checklist: yes, no or not_applicable."""

    answer: str
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionFacts:
    """What one revision holds and what is known of it, whoever made it and whatever it is proposed for.

    ``card`` is ``None`` when there is no README.md; ``is_card_read`` is false while nobody has read it. ``reports`` are
    those of external checks, by name. ``now`` is the moment that rules compare with.
    """

    files: Sequence[FileFact]
    card: CardFact | None = None
    is_card_read: bool = True
    model: str = ""
    released: ReleasedFact | None = None
    reports: Mapping[str, ReportFact] = field(default_factory=dict)
    now: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(RevisionFacts):
    """One change at exactly its head: what it holds, and what people said and did about it.

    ``approvals`` are only those that bind to this head, digest and policy and come from people who may still give
    them; ``objections`` are all that stand. ``makers`` are the ids of those who pushed, ``parts`` of those with another
    part in it (opened, released, card). ``waived`` are waivers in force for whole rules, by the rule's id. ``kind`` is the
    kind of review, ``answers`` those to the checklist that bind as approvals do, by question.
    """

    approvals: Sequence[Voice] = ()
    objections: Sequence[Voice] = ()
    is_behind: bool = False
    opened_at: datetime | None = None
    makers: frozenset[int] = frozenset()
    parts: Mapping[str, frozenset[int]] = field(default_factory=dict)
    waived: Mapping[str, WaiverFact] = field(default_factory=dict)
    kind: str = "publish"
    answers: Mapping[str, AnswerFact] = field(default_factory=dict)

    @classmethod
    def about(cls, revision: RevisionFacts, **more: Any) -> Self:
        """What is known of a revision, and ``more`` that is only known of a change."""
        known = {each.name: getattr(revision, each.name) for each in fields(RevisionFacts)}
        return cls(**known | more)
