"""What happens to uploads; the commit that ends one has events of its own."""

from __future__ import annotations

from dataclasses import dataclass

from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class UploadStarted(RepoEvent):
    """Somebody began to send files to a repo."""

    name = "upload:started"
    upload: str


@dataclass(frozen=True, kw_only=True)
class UploadDiscarded(RepoEvent):
    """Somebody threw an unfinished upload away."""

    name = "upload:discarded"
    upload: str


@dataclass(frozen=True, kw_only=True)
class UploadExpired(RepoEvent):
    """Nobody had touched an unfinished upload for too long, so the hub removed it."""

    name = "upload:expired"
    upload: str
