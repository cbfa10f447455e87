"""What happens to people's accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.users.models import User
from hub.core.events import Event, Value


@dataclass(frozen=True, kw_only=True)
class UserRegistered(Event):
    """Somebody made an account, or an administrator made it for them."""

    name = "user:registered"
    personal = frozenset({"email"})
    email: str
    is_admin: bool = False


@dataclass(frozen=True, kw_only=True)
class UserDescribed(Event):
    """Somebody changed the name that pages call them by."""

    name = "user:described"
    personal = frozenset({"display_name"})
    display_name: str


@dataclass(frozen=True, kw_only=True)
class UserSignedIn(Event):
    """Somebody signed in with a password or another proof."""

    name = "user:signed_in"


@dataclass(frozen=True, kw_only=True)
class UserSignInFailed(Event):
    """A sign-in was refused; the subject is ``user:unknown`` when there is no such account.

    What was typed is not kept: people type passwords into the wrong field.
    """

    name = "user:sign_in_failed"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """The password was ``changed`` by somebody who knew the old one, or ``reset`` through a link in a mail."""

    name = "user:password_changed"
    how: str


@dataclass(frozen=True, kw_only=True)
class EmailChanged(Event):
    """An address was ``added``, ``confirmed``, made ``primary`` or ``removed``."""

    name = "user:email_changed"
    personal = frozenset({"email"})
    email: str
    change: str


@dataclass(frozen=True, kw_only=True)
class SignedOutElsewhere(Event):
    """Somebody ended all of their sessions but the one they used."""

    name = "user:signed_out_elsewhere"


@dataclass(frozen=True, kw_only=True)
class UserSuspended(Event):
    """An administrator of the hub suspended somebody; ``user`` is for subscribers and not part of the record."""

    name = "user:suspended"
    user: User = field(repr=False, compare=False)

    def details(self) -> Mapping[str, Value]:
        """Nothing beside the reason, which every event may have."""
        return {}


@dataclass(frozen=True, kw_only=True)
class UserReadmitted(Event):
    """An administrator of the hub let a suspended person in again."""

    name = "user:readmitted"
