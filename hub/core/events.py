"""Synchronous, typed events inside the transaction of the action that emits them.

A subscriber may insert rows or ask for a job; if it fails, the change it belongs to is rolled back: a change whose
record cannot be written did not happen. All subscriptions are made in ``governance/subscriptions.py`` and in the
``apps.py`` of the app that owns the reaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import ClassVar, TypeVar

from django.db import transaction

from hub.core.actor import Actor

Value = None | bool | int | float | str | list[str] | dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened.

    ``name`` is ``subject:action`` in the past tense and is the audit vocabulary. ``subject`` is the stable public
    identifier of the thing (a repo's UUID, ``user:<id>``); ``label`` is what it was called then. ``namespace_id``
    is the namespace id whose audit page lists the event; ``repo_id`` the repo, if one is concerned. ``concerns`` holds
    the ids of people who are to be told whatever they watch; it is no part of the record.
    """

    name: ClassVar[str]
    personal: ClassVar[frozenset[str]] = frozenset()

    actor: Actor
    subject: str
    label: str = ""
    namespace_id: int | None = None
    repo_id: int | None = None
    reason: str = field(default="")
    concerns: tuple[int, ...] = ()

    def details(self) -> Mapping[str, Value]:
        """The fields that the subclass adds, by name."""
        base = {f.name for f in fields(Event)}
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in base}


E = TypeVar("E", bound=Event)
Subscriber = Callable[[E], None]
_subscribers: dict[type[Event], list[Callable[[Event], None]]] = defaultdict(list)


def subscribe(event: type[E], subscriber: Callable[[E], None]) -> None:
    """Call ``subscriber`` for each emitted event of this class or a subclass; once, however often it is asked."""
    known = _subscribers[event]
    if subscriber not in known:
        known.append(subscriber)  # type: ignore[arg-type]


def emit(event: Event) -> None:
    """Tell the subscribers, in the order of subscription, inside the caller's transaction.

    Raises ``RuntimeError`` outside of a transaction: an event without its change would be a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event.name} was emitted outside of a transaction")
    for cls in reversed(type(event).__mro__):  # the record first, then what follows from the event
        for subscriber in tuple(_subscribers.get(cls, ())):
            subscriber(event)


def all_events() -> dict[str, type[Event]]:
    """Every event class by its name: the vocabulary of the audit log."""
    found: dict[str, type[Event]] = {}
    pending = list(Event.__subclasses__())
    while pending:
        cls = pending.pop()
        pending.extend(cls.__subclasses__())
        found[cls.name] = cls
    return found
