"""What happens to versions."""

from __future__ import annotations

from dataclasses import dataclass

from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class VersionProposed(RepoEvent):
    """A number was reserved for a version that a change proposes."""

    name = "version:proposed"
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionReleased(RepoEvent):
    """A version was fixed to a revision and shown to readers."""

    name = "version:released"
    number: int
    sha1: str
    manifest_digest: str
    approvals: int


@dataclass(frozen=True, kw_only=True)
class VersionRejected(RepoEvent):
    """A proposed version will not be released; its number is not used again."""

    name = "version:rejected"
    number: int
