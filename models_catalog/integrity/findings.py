"""What an examination of the store and the history finds, and how much of both it has seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from models_catalog.repos.models import Repo


class Kind(StrEnum):
    """What a finding means: something is broken, was broken and is mended, or only takes room."""

    PROBLEM = "problem"
    REPAIRED = "repaired"
    LEFTOVER = "leftover"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: where, what, and what to do about it."""

    kind: Kind
    where: str
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}. {self.advice}."


@dataclass(slots=True)
class Tally:
    """How much has been looked at so far: git and file objects, blobs, bytes; and how many findings of each kind.

    ``on_progress`` is called after every step and must be quick.
    """

    objects: int = 0
    blobs: int = 0
    size: int = 0
    found: Counter[Kind] = field(default_factory=Counter)
    on_progress: Callable[[], None] = lambda: None

    def count_object(self) -> None:
        """One more commit, tree or file of a tree."""
        self.objects += 1
        self.on_progress()

    def count_blob(self) -> None:
        """One more blob."""
        self.blobs += 1
        self.on_progress()

    def count_bytes(self, number: int) -> None:
        """More bytes of blobs."""
        self.size += number
        self.on_progress()


def problem(where: str, what: str, advice: str) -> Finding:
    """Something is broken."""
    return Finding(Kind.PROBLEM, where, what, advice)


def leftover(where: str, what: str, advice: str) -> Finding:
    """Something only takes room."""
    return Finding(Kind.LEFTOVER, where, what, advice)


def name_of(repo: Repo) -> str:
    """A repo for a person who may have to look for it: its name and the number that never changes."""
    return f"{repo.full_name} ({repo.accession})"
