"""What happens to history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models_catalog.repos.events import RepoEvent
from models_catalog.revisions.models import Revision


@dataclass(frozen=True, kw_only=True)
class RevisionCommitted(RepoEvent):
    """A commit was added and a ref moved to it."""

    name = "revision:committed"
    revision: Revision = field(repr=False, compare=False)
    ref: str
    sha1: str
    manifest_digest: str

    def details(self) -> Any:
        """The fields for the record: all but the rows."""
        return {key: value for key, value in super().details().items() if key != "revision"}


@dataclass(frozen=True, kw_only=True)
class RefMoved(RepoEvent):
    """A ref was moved to a revision that existed already (a merge)."""

    name = "ref:moved"
    ref: str
    old_sha1: str
    new_sha1: str
