"""What happens when bytes go out that need an account of it."""

from __future__ import annotations

from dataclasses import dataclass

from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class HeldFileFetched(RepoEvent):
    """Somebody of the security role fetched a file that nobody else may have; ``reason`` is their purpose."""

    name = "file:fetched_for_examination"
    path: str
    sha256: str
    verdict: str
