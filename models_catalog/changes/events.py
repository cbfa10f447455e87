"""What happens in threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models_catalog.changes.models import Change
from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class ChangeEvent(RepoEvent):
    """Something that happened to a change."""

    name = "change:touched"
    change: Change = field(repr=False, compare=False)
    number: int

    def details(self) -> Any:
        """The fields for the record: all but the rows."""
        return {key: value for key, value in super().details().items() if key != "change"}


@dataclass(frozen=True, kw_only=True)
class ChangeOpened(ChangeEvent):
    """Somebody proposed to move ``main``."""

    name = "change:opened"
    sha1: str


@dataclass(frozen=True, kw_only=True)
class ChangeUpdated(ChangeEvent):
    """A new commit was added to an open change; decisions about the one before are void."""

    name = "change:updated"
    sha1: str


@dataclass(frozen=True, kw_only=True)
class ChangeMerged(ChangeEvent):
    """``main`` moved to the head of the change and its version was released."""

    name = "change:merged"
    sha1: str
    manifest_digest: str
    version: int
    approvals: int


@dataclass(frozen=True, kw_only=True)
class ChangeClosed(ChangeEvent):
    """A change was given up without being merged."""

    name = "change:closed"


@dataclass(frozen=True, kw_only=True)
class DiscussionOpened(RepoEvent):
    """Somebody began a thread."""

    name = "discussion:opened"
    number: int


@dataclass(frozen=True, kw_only=True)
class CommentAdded(RepoEvent):
    """Somebody said something in a thread."""

    name = "discussion:commented"
    number: int


@dataclass(frozen=True, kw_only=True)
class DiscussionClosed(RepoEvent):
    """A thread that proposes nothing was ended."""

    name = "discussion:closed"
    number: int


@dataclass(frozen=True, kw_only=True)
class DiscussionReopened(RepoEvent):
    """A closed thread was taken up again."""

    name = "discussion:reopened"
    number: int
