"""What rules judge: everything known about one change, gathered beforehand, without a row of the database in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """A decision that counts at this moment, with the name and the role it was made in."""

    name: str
    as_security: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """One change at exactly its head.

    ``card`` is ``None`` when there is no README.md; ``is_card_read`` is false while nobody has read it.
    ``approvals`` are only those that bind to this head, digest and policy and come from people who may still give
    them; ``objections`` are all that stand.
    """

    files: Sequence[FileFact]
    card: CardFact | None = None
    is_card_read: bool = True
    approvals: Sequence[Voice] = ()
    objections: Sequence[Voice] = ()
    is_behind: bool = False
