"""What happens to stages and aliases."""

from __future__ import annotations

from dataclasses import dataclass, field

from hub.core.events import Event
from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class StageMoved(RepoEvent):
    """A version came to a stage (``to_stage`` is empty: it left the one where it stood).

    ``replaced`` is the number of the version whose place it took. ``review`` is the discussion that granted it.
    """

    name = "stage:moved"
    number: int
    from_stage: str
    to_stage: str
    replaced: int | None = None
    is_rollback: bool = False
    review: int | None = None


@dataclass(frozen=True, kw_only=True)
class AliasMoved(RepoEvent):
    """An alias means another version from now on (``number`` is ``None``: none any more)."""

    name = "alias:moved"
    alias: str
    number: int | None
    from_number: int | None
    is_rollback: bool = False
    review: int | None = None


@dataclass(frozen=True, kw_only=True)
class StagesChanged(Event):
    """An organisation changed its stages, or which aliases it protects; the lists are as they are from now on."""

    name = "stages:changed"
    stages: list[str] = field(default_factory=list)
    protected: list[str] = field(default_factory=list)
    protected_aliases: list[str] = field(default_factory=list)
