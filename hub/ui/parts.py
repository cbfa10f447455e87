"""What the layouts and the larger components take: plain values, made by the views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of a breadcrumb; without ``url`` it is plain text."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A fact in a page's head. ``status`` is ok, warn, bad, info, or ``line`` for neutral facts; evidence is ``url``."""

    text: Text
    status: str = "line"
    icon: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page beside this one; ``count`` is a number or a few words (``1 open``)."""

    label: Text
    url: str
    count: int | Text | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Links of a side navigation under one small heading."""

    title: Text
    tabs: Sequence[Tab]


@dataclass(frozen=True, slots=True)
class Notice:
    """A tinted box over a page: the fact, what follows from it, and perhaps where to go."""

    status: str
    icon: str
    fact: Text
    text: Text = ""
    label: Text = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ModelHead:
    """The band over every page of a model; the card page has ``is_title``, the others bring their own ``<h1>``."""

    full_name: str
    title: str
    url: str
    owner_name: str
    owner_url: str
    accession: str
    tabs: Sequence[Tab]
    summary: str = ""
    owner_title: str = ""
    owner_is_organization: bool = True
    versions: int = 0
    hue: str = "d6"
    is_approved: bool = False
    crumbs: Sequence[Crumb] = ()
    badges: Sequence[Badge] = ()
    notices: Sequence[Notice] = ()
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class OwnerHead:
    """The band over the pages of an organisation or a person."""

    name: str
    title: str
    tabs: Sequence[Tab] = ()
    summary: str = ""
    is_organization: bool = True
    crumbs: Sequence[Crumb] = ()
    badges: Sequence[Badge] = ()
    facts: Sequence[Text] = ()
    is_title: bool = True


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model in a list of results; ``meta`` are short facts in their order, ``upkeep`` says that it is no longer kept up."""

    full_name: str
    url: str
    description: str = ""
    meta: Sequence[Text] = ()
    versions: int = 0
    hue: str = "d6"
    approval: str = "not_reviewed"
    downloads: int | None = None
    version: str = ""
    updated_at: datetime | None = None
    access: Text = ""
    upkeep: Text = ""
    is_blocked: bool = False

    @property
    def owner(self) -> str:
        """The namespace with its slash, which the row prints lighter."""
        return self.full_name.partition("/")[0] + "/"

    @property
    def name(self) -> str:
        """The name without the namespace."""
        return self.full_name.partition("/")[2]

    @property
    def standing(self) -> str:
        """The one state a list has room for: what scanning stopped comes before what people said of it."""
        return "blocked" if self.is_blocked and self.approval != "withdrawn" else self.approval

    @property
    def brief(self) -> str:
        """Its first facts in a line, without a date: ``Text generation, 1.54 B, 3.09 GB``."""
        return ", ".join(str(fact) for fact in self.meta[:3])

    @property
    def is_open(self) -> bool:
        """Whether the ring's bark is dashed."""
        return self.approval != "approved"


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a facet can be narrowed to."""

    value: str
    label: Text
    count: int
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of options in the filter form; ``more_url`` reloads the page with all of them."""

    name: str
    title: Text
    options: Sequence[Option]
    is_folded: bool = False
    more_url: str = ""
    total: int = 0

    @property
    def selected(self) -> int:
        """How many of the shown options are chosen."""
        return sum(option.is_selected for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter; ``url`` is the same page without it."""

    name: Text
    value: Text
    url: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code for one way to use a model; lines are wrapped by hand at 38 characters."""

    title: Text
    code: str
    note: Text = ""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A rule as a true sentence, its result (pass, fail, decide, waived) and the reason."""

    rule: Text
    result: str
    reason: Text = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """``kind`` is ``+``, ``-``, a space, or ``@`` for a heading."""

    kind: str
    text: str
    old_number: int | None = None
    new_number: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what is known about it."""

    term: Text
    value: Text
    url: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One operation of a disassembled file: where, what, with which argument, and what it does in plain words."""

    place: str
    operation: str
    argument: str = ""
    meaning: Text = ""
    is_suspect: bool = False


@dataclass(frozen=True, slots=True)
class FindingBlock:
    """What scanning found in one file."""

    severity: str
    title: Text
    rule: str
    meaning: Text
    file: str = ""
    found_by: Text = ""
    fix: Text = ""
    evidence: Sequence[EvidenceLine] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class UploadRow:
    """A file on its way; ``state`` is waiting, sending, paused, received or stopped."""

    name: str
    size: int
    state: str
    sentence: Text
    sent: int = 0

    @property
    def percent(self) -> int:
        """How much of it has arrived."""
        return min(100, self.sent * 100 // self.size) if self.size else 100

    @property
    def is_moving(self) -> bool:
        """Whether the row shows a bar."""
        return self.state in ("sending", "paused", "waiting")
