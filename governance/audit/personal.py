"""Which fields of an event are about people: these the record only commits to."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from governance.audit.canonical import Plain, canonical, plain
from governance.audit.chain import commitment
from hub.core.events import Event

ACTOR_NAME = "actor_name"
ACTOR_ADDRESS = "actor_address"

# Fields that hold usernames wherever they occur, so that an event class which forgets to say so gives nobody away.
USERNAMES = frozenset(
    {"assignee", "author", "grantee", "invitee", "member", "owner", "reviewer", "username"}
)


@dataclass(frozen=True, slots=True)
class PersonalValue:
    """A value with the salt of its commitment."""

    field: str
    salt: str
    text: str

    @property
    def commitment(self) -> dict[str, Plain]:
        """What stands in the event's data."""
        return {"commitment": commitment(self.salt, self.text)}


def split(event: Event) -> tuple[dict[str, Plain], list[PersonalValue]]:
    """The event's data with commitments in the place of personal values, and those values.

    Raises ``TypeError`` when the event has a field whose name the record needs, or of a type that it cannot hold.
    """
    data = {name: plain(value) for name, value in event.details().items()}
    own: dict[str, Plain] = {
        "label": plain(event.label),
        "reason": plain(event.reason),
        ACTOR_NAME: plain(event.actor.label),
        ACTOR_ADDRESS: plain(event.actor.address),
    }
    if taken := data.keys() & own.keys():
        raise TypeError(f"{event.name} may not have fields called {', '.join(sorted(taken))}.")
    data |= own
    hidden = [
        PersonalValue(
            name,
            secrets.token_hex(16),
            value if isinstance(value, str) else canonical(value).decode(),
        )
        for name, value in data.items()
        if value and name in _personal_names(event)
    ]
    return data | {value.field: value.commitment for value in hidden}, hidden


def committed(value: Plain) -> str | None:
    """The commitment that stands in an event's data, or ``None`` for an ordinary value."""
    if isinstance(value, dict) and value.keys() == {"commitment"}:
        found = value["commitment"]
        return found if isinstance(found, str) else None
    return None


def _personal_names(event: Event) -> frozenset[str]:
    names = event.personal | USERNAMES | {ACTOR_ADDRESS}
    if event.actor.is_person:
        names |= {ACTOR_NAME}
    if event.subject.startswith("user:"):
        names |= {"label"}
    return names
