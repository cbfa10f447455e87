"""What reviewers do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hub.core.events import Event
from models_catalog.changes.events import ChangeEvent
from models_catalog.changes.models import Discussion
from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class DecisionEvent(RepoEvent):
    """Something about one reviewer's decision on exactly (commit, manifest digest, policy version).

    ``about`` says what the thread asks for: ``change``, or the kind of the request.
    """

    name = "decision:touched"
    discussion: Discussion = field(repr=False, compare=False)
    number: int
    about: str
    kind: str
    as_security: bool
    sha1: str
    manifest_digest: str
    policy_version: int

    def details(self) -> Any:
        """The fields for the record: all but the rows."""
        kept = super().details().items()
        return {key: value for key, value in kept if key != "discussion"}


@dataclass(frozen=True, kw_only=True)
class DecisionMade(DecisionEvent):
    """A reviewer said what they think of a change or a request; ``reason`` is public."""

    name = "decision:made"


@dataclass(frozen=True, kw_only=True)
class DecisionVoided(DecisionEvent):
    """A decision no longer counts; ``reason`` says what moved on, or that its reviewer took it back."""

    name = "decision:voided"
    personal = frozenset({"reviewer"})
    reviewer: str


@dataclass(frozen=True, kw_only=True)
class CommunityAsked(ChangeEvent):
    """An organisation that is too small asked the hub's reviewers to stand in; ``asked`` of them see the model now."""

    name = "change:community_asked"
    asked: int


@dataclass(frozen=True, kw_only=True)
class WaiverGiven(RepoEvent):
    """A reviewer answers for a file that scanning cannot clear, until ``expires``."""

    name = "waiver:given"
    path: str
    sha256: str
    verdict: str
    ruleset: str
    expires: str


@dataclass(frozen=True, kw_only=True)
class WaiverEnded(RepoEvent):
    """A waiver was taken back before its end."""

    name = "waiver:ended"
    sha256: str
    verdict: str
    ruleset: str


@dataclass(frozen=True, kw_only=True)
class AssignmentEvent(RepoEvent):
    """Something about who is asked to decide in thread ``number``, until ``due``."""

    name = "review:touched"
    personal = frozenset({"reviewer"})
    number: int
    reviewer: str
    due: str


@dataclass(frozen=True, kw_only=True)
class ReviewAssigned(AssignmentEvent):
    """Somebody who could decide was asked to."""

    name = "review:assigned"


@dataclass(frozen=True, kw_only=True)
class ReviewUnassigned(AssignmentEvent):
    """Somebody is no longer asked to decide."""

    name = "review:unassigned"


@dataclass(frozen=True, kw_only=True)
class ReviewReminded(AssignmentEvent):
    """Somebody who was asked to decide was reminded of it: before it is due, or after."""

    name = "review:reminded"
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ReviewEscalated(AssignmentEvent):
    """The admins were told that nobody answered for days after it was due."""

    name = "review:escalated"


@dataclass(frozen=True, kw_only=True)
class ChecklistAnswered(RepoEvent):
    """A reviewer answered a question of the checklist about exactly (commit, manifest digest, policy version)."""

    name = "checklist:answered"
    number: int
    question: str
    answer: str
    sha1: str
    manifest_digest: str
    policy_version: int


@dataclass(frozen=True, kw_only=True)
class QueueFeedMade(Event):
    """A new secret address opens the queue of ``queue``; stands in its person's own record only."""

    name = "queue_feed:made"
    queue: str


@dataclass(frozen=True, kw_only=True)
class QueueFeedEnded(Event):
    """The address no longer works."""

    name = "queue_feed:ended"
    queue: str
