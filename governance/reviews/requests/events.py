"""What happens to requests, and the answers for checks that they or reviewers give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from governance.reviews.requests.models import ReviewRequest
from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class RequestEvent(RepoEvent):
    """Something that happened to a request about exactly (commit, manifest digest); ``asks`` says for what."""

    name = "request:touched"
    request: ReviewRequest = field(repr=False, compare=False)
    number: int
    kind: str
    asks: str
    sha1: str
    manifest_digest: str

    def details(self) -> Any:
        """The fields for the record: all but the rows."""
        return {key: value for key, value in super().details().items() if key != "request"}


@dataclass(frozen=True, kw_only=True)
class RequestOpened(RequestEvent):
    """Somebody asked others to agree to something; ``reason`` is public to the model's insiders."""

    name = "request:opened"


@dataclass(frozen=True, kw_only=True)
class RequestGranted(RequestEvent):
    """What was asked for was agreed to and done, in one transaction."""

    name = "request:granted"
    approvals: int
    policy_version: int


@dataclass(frozen=True, kw_only=True)
class RequestClosed(RequestEvent):
    """A request was given up, or what it was about moved on."""

    name = "request:closed"


@dataclass(frozen=True, kw_only=True)
class VersionCertified(RepoEvent):
    """People looked at a released version again and stand by exactly its files."""

    name = "version:certified"
    version: int
    manifest_digest: str
    approvals: int


@dataclass(frozen=True, kw_only=True)
class CheckWaived(RepoEvent):
    """Somebody answers for a rule that exactly these files do not meet, until ``expires``."""

    name = "check:waived"
    rule: str
    manifest_digest: str
    expires: str


@dataclass(frozen=True, kw_only=True)
class CheckWaiverEnded(RepoEvent):
    """An answer for a rule was taken back before its end."""

    name = "check:waiver_ended"
    rule: str
    manifest_digest: str
