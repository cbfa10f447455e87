"""Refused attempts on protected things: they are recorded although the transaction in which they were made is undone.

An action says what it was about to move with ``attempting``; its outermost caller that ``remembers_attempts`` writes the
event in a transaction of its own, once the refused one has been rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from hub.core.errors import DomainError, Forbidden, TooManyRequests
from hub.core.events import Event, emit
from hub.core.rate_limits import address_key, limit_named, spend

P = ParamSpec("P")
R = TypeVar("R")
LONGEST_REASON = 2000
_depth: ContextVar[int] = ContextVar("actions that remember attempts", default=0)


@dataclass(frozen=True, kw_only=True)
class AttemptRefused(Event):
    """Somebody tried to move a protected thing, or to get at it, and was refused; ``on`` names it."""

    name = "attempt:refused"
    on: str


@contextmanager
def attempting(
    attempt: AttemptRefused | None, *, refusals: tuple[type[DomainError], ...] = (Forbidden,)
) -> Iterator[None]:
    """Let a refusal within carry the attempt to whoever remembers it; ``None`` when nothing protected is touched."""
    try:
        yield
    except refusals as refused:
        if attempt is not None and refused.attempt is None:
            refused.attempt = replace(attempt, reason=refused.message[:LONGEST_REASON])
        raise


def remembers_attempts(act: Callable[P, R]) -> Callable[P, R]:
    """Record the attempt of a refusal after ``act`` has been undone. Stands outside of the action's transaction."""

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _depth.set(_depth.get() + 1)
        is_outermost = _depth.get() == 1
        try:
            return act(*args, **kwargs)
        except DomainError as refused:
            attempt, refused.attempt = refused.attempt, None if is_outermost else refused.attempt
            if is_outermost and attempt is not None:
                _remember(attempt)
            raise
        finally:
            _depth.reset(token)

    return run


def _remember(attempt: AttemptRefused) -> None:
    """Write it down, unless the same person has tried the same many times: nobody floods the record."""
    actor = attempt.actor
    who = str(actor.user_id) if actor.is_person else address_key(actor.address)
    try:
        spend(limit_named("refused-attempt"), f"{who} {attempt.subject} {attempt.on}")
    except TooManyRequests:
        return
    with transaction.atomic():
        emit(attempt)
