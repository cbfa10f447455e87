"""What happens to people's accounts."""

from __future__ import annotations

from dataclasses import dataclass

from hub.core.events import Event


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
