"""Who acts, and through what."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.users.models import User


class Means(StrEnum):
    """How an actor reaches the hub; the audit log shows it."""

    SESSION = "session"
    TOKEN = "token"  # noqa: S105 - a word, not a secret
    COMMAND = "command"
    SYSTEM = "system"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or nobody, or the hub itself) together with the means in use.

    ``rights`` limits a token to a set of right names; ``None`` means every right the person has. ``namespaces``
    limits it to repos and organisations of those namespace ids, ``repos`` to those repo ids; ``None`` means no limit.
    """

    user: User | None = None
    means: Means = Means.NONE
    token_id: int | None = None
    rights: frozenset[str] | None = None
    namespaces: frozenset[int] | None = None
    repos: frozenset[int] | None = None
    address: str = field(default="", compare=False)

    @property
    def user_id(self) -> int | None:
        """The person's id, or ``None`` for strangers and for the hub itself."""
        return None if self.user is None else self.user.pk

    @property
    def is_person(self) -> bool:
        """Whether somebody is signed in."""
        return self.user is not None

    @property
    def is_system(self) -> bool:
        """Whether the hub acts by itself (a worker, a periodic task)."""
        return self.means is Means.SYSTEM

    @property
    def label(self) -> str:
        """The name that the audit log prints."""
        if self.user is not None:
            return self.user.username
        return "hub" if self.is_system else "anonymous"


ANONYMOUS = Actor()
SYSTEM = Actor(means=Means.SYSTEM)


def for_command(user: User) -> Actor:
    """The actor of a management command that works in somebody's name."""
    return Actor(user=user, means=Means.COMMAND)
