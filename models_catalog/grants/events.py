"""What happens to grants."""

from __future__ import annotations

from dataclasses import dataclass

from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class GrantEvent(RepoEvent):
    """Something that happened to a role on one model; ``to`` is the person or the team."""

    name = "grant:touched"
    to: str
    role: str


@dataclass(frozen=True, kw_only=True)
class GrantGiven(GrantEvent):
    """Somebody was given a role."""

    name = "grant:given"
    expires: str


@dataclass(frozen=True, kw_only=True)
class GrantChanged(GrantEvent):
    """The role became another one, or it ends on another day."""

    name = "grant:changed"
    previous: str
    expires: str


@dataclass(frozen=True, kw_only=True)
class GrantEnded(GrantEvent):
    """The role was taken away, laid down, or its last day has passed."""

    name = "grant:ended"
