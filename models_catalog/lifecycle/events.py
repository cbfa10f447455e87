"""What happens to models, versions and bytes in the course of their lives."""

from __future__ import annotations

from dataclasses import dataclass

from hub.core.events import Event
from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class RepoRenamed(RepoEvent):
    """A model has another name under the same owner; the old one leads to it."""

    name = "repo:renamed"
    old_name: str


@dataclass(frozen=True, kw_only=True)
class RepoLeft(RepoEvent):
    """A model is about to leave its owner: for the record of the one it leaves."""

    name = "repo:left"
    new_name: str


@dataclass(frozen=True, kw_only=True)
class RepoTransferred(RepoEvent):
    """A model has another owner; ``ended_grants`` are rights of teams of the old one."""

    name = "repo:transferred"
    old_name: str
    ended_grants: int


@dataclass(frozen=True, kw_only=True)
class RepoArchived(RepoEvent):
    """A model became read only."""

    name = "repo:archived"


@dataclass(frozen=True, kw_only=True)
class RepoUnarchived(RepoEvent):
    """A model may be worked on again."""

    name = "repo:unarchived"


@dataclass(frozen=True, kw_only=True)
class RepoDeleted(RepoEvent):
    """A model was deleted; until it is purged it can be restored."""

    name = "repo:deleted"


@dataclass(frozen=True, kw_only=True)
class RepoRestored(RepoEvent):
    """A deleted model came back as it was."""

    name = "repo:restored"


@dataclass(frozen=True, kw_only=True)
class RepoPurged(RepoEvent):
    """Everything a deleted model consisted of was removed for good; ``rows`` counts the records."""

    name = "repo:purged"
    rows: int


@dataclass(frozen=True, kw_only=True)
class RepoDeprecated(RepoEvent):
    """People are asked not to begin using a model any more; ``use_instead`` names another."""

    name = "repo:deprecated"
    use_instead: str


@dataclass(frozen=True, kw_only=True)
class RepoUndeprecated(RepoEvent):
    """A model is no longer advised against."""

    name = "repo:undeprecated"


@dataclass(frozen=True, kw_only=True)
class VersionYanked(RepoEvent):
    """A version is nobody's newest any more; by its number it can still be had."""

    name = "version:yanked"
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionUnyanked(RepoEvent):
    """A yanked version counts again."""

    name = "version:unyanked"
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionWithdrawn(RepoEvent):
    """A version is not handed out any more; ``warnings`` is what spoke against it and was set aside."""

    name = "version:withdrawn"
    number: int
    sha1: str
    warnings: list[str]


@dataclass(frozen=True, kw_only=True)
class BlobRecalled(Event):
    """Bytes are handed out and taken at no door any more, wherever they occur; ``models`` counts where they do."""

    name = "blob:recalled"
    sha256: str
    models: int


@dataclass(frozen=True, kw_only=True)
class BlobRecallEnded(Event):
    """Recalled bytes may be handed out again, as far as scanning lets them."""

    name = "blob:recall_ended"
    sha256: str
