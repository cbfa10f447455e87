"""What happens to blobs."""

from __future__ import annotations

from dataclasses import dataclass

from hub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BlobReceived(Event):
    """Bytes arrived and were stored, or were found to be stored already."""

    name = "blob:received"
    sha256: str
    size: int
    was_known: bool


@dataclass(frozen=True, kw_only=True)
class BlobVerdictRecorded(Event):
    """Scanning finished with a content verdict."""

    name = "blob:verdict_recorded"
    sha256: str
    verdict: str
    ruleset: str
    previous: str


@dataclass(frozen=True, kw_only=True)
class BlobQuarantined(Event):
    """The bytes were moved out of reach."""

    name = "blob:quarantined"
    sha256: str


@dataclass(frozen=True, kw_only=True)
class BlobDeleted(Event):
    """Nothing needed the bytes any more, so they were removed from the store; ``size`` is in bytes."""

    name = "blob:deleted"
    sha256: str
    size: int
