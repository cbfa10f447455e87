"""What happens to external checks."""

from __future__ import annotations

from dataclasses import dataclass

from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class CheckReported(RepoEvent):
    """A program said how a revision does; ``check`` is the name it goes by."""

    name = "check:reported"
    sha1: str
    check: str
    state: str
    summary: str
    link: str
