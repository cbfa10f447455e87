"""What happens to organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from accounts.orgs.models import Organization
from accounts.users.models import User
from hub.core.events import Event, Value


class About(TypedDict):
    """What every event about an organisation says."""

    subject: str
    label: str
    namespace_id: int


def about(organization: Organization) -> About:
    """Subject, label and namespace of an event about ``organization``."""
    return {
        "subject": f"organization:{organization.pk}",
        "label": organization.namespace.name,
        "namespace_id": organization.namespace_id,
    }


@dataclass(frozen=True, kw_only=True)
class OrganizationCreated(Event):
    """Somebody founded an organisation."""

    name = "organization:created"
    preset: str


@dataclass(frozen=True, kw_only=True)
class OrganizationDescribed(Event):
    """Its display name, description or contact changed."""

    name = "organization:described"
    personal = frozenset({"contact"})
    display_name: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class OrganizationDefaultsChanged(Event):
    """What new models begin with, or who may add them, changed."""

    name = "organization:defaults_changed"
    default_visibility: str
    who_creates: str


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """A person was offered a role."""

    name = "organization:member_invited"
    personal = frozenset({"invitee"})
    invitee: str
    role: str


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(Event):
    """An invitation was accepted, declined or withdrawn."""

    name = "organization:invitation_answered"
    personal = frozenset({"invitee"})
    invitee: str
    role: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """A person holds a role from now on."""

    name = "organization:role_given"
    personal = frozenset({"member"})
    member: str
    role: str


@dataclass(frozen=True, kw_only=True)
class OwnerAppointed(Event):
    """An administrator of the hub gave an organisation without an active owner a new one."""

    name = "organization:owner_appointed"
    personal = frozenset({"member"})
    member: str


@dataclass(frozen=True, kw_only=True)
class RoleTaken(Event):
    """A person no longer holds a role."""

    name = "organization:role_taken"
    personal = frozenset({"member"})
    member: str
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A person holds no role any more; ``user`` and ``organization`` are for subscribers and not part of the record."""

    name = "organization:member_left"
    personal = frozenset({"member"})
    member: str
    user: User = field(repr=False, compare=False)
    organization: Organization = field(repr=False, compare=False)

    def details(self) -> Mapping[str, Value]:
        """The fields for the record: all but the rows themselves."""
        return {"member": self.member}
