"""What happens to repos."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hub.core.events import Event
from models_catalog.repos.models import Repo


@dataclass(frozen=True, kw_only=True)
class RepoEvent(Event):
    """Something that happened to a repo; ``repo`` itself is for subscribers and not part of the record."""

    name = "repo:touched"
    repo: Repo = field(repr=False, compare=False)
    subject: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "subject", str(self.repo.public_id))
        object.__setattr__(self, "label", self.repo.full_name)
        object.__setattr__(self, "namespace_id", self.repo.namespace_id)
        object.__setattr__(self, "repo_id", self.repo.pk)

    def details(self) -> Any:
        """The fields for the record: all but the row itself."""
        return {key: value for key, value in super().details().items() if key != "repo"}


@dataclass(frozen=True, kw_only=True)
class RepoCreated(RepoEvent):
    """Somebody added a model."""

    name = "repo:created"
    visibility: str
    is_protected: bool


@dataclass(frozen=True, kw_only=True)
class RepoSettingsChanged(RepoEvent):
    """Visibility or gating changed."""

    name = "repo:settings_changed"
    visibility: str
    gating: str


@dataclass(frozen=True, kw_only=True)
class RepoWithdrawn(RepoEvent):
    """The model was taken back; its record stays."""

    name = "repo:withdrawn"


@dataclass(frozen=True, kw_only=True)
class TermsAccepted(RepoEvent):
    """A reader accepted the terms of a gated model."""

    name = "repo:terms_accepted"
    terms_sha256: str
