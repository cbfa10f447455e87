"""What happens to teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from accounts.teams.models import Team
from hub.core.events import Event, Value


class About(TypedDict):
    """What every event about a team says."""

    subject: str
    label: str
    namespace_id: int


def about(team: Team) -> About:
    """Subject, label and namespace of an event about ``team``."""
    return {
        "subject": f"team:{team.pk}",
        "label": f"{team.organization.namespace.name}/{team.name}",
        "namespace_id": team.organization.namespace_id,
    }


@dataclass(frozen=True, kw_only=True)
class TeamCreated(Event):
    """An organisation has one more team."""

    name = "team:created"


@dataclass(frozen=True, kw_only=True)
class TeamRenamed(Event):
    """A team is called otherwise; its members and models stay."""

    name = "team:renamed"
    old_name: str


@dataclass(frozen=True, kw_only=True)
class TeamDescribed(Event):
    """What a team is for was written anew."""

    name = "team:described"


@dataclass(frozen=True, kw_only=True)
class TeamMemberAdded(Event):
    """Somebody may do what the team may; ``team`` itself is for subscribers and not part of the record."""

    name = "team:member_added"
    personal = frozenset({"member"})
    member: str
    team: Team = field(repr=False, compare=False)

    def details(self) -> Mapping[str, Value]:
        """The fields for the record: all but the row itself."""
        return {"member": self.member}


@dataclass(frozen=True, kw_only=True)
class TeamMemberRemoved(Event):
    """Somebody left a team, was removed from it, or left the organisation."""

    name = "team:member_removed"
    personal = frozenset({"member"})
    member: str


@dataclass(frozen=True, kw_only=True)
class TeamDeleted(Event):
    """A team is no more, and with it what its members were given through it."""

    name = "team:deleted"
    members: int
