"""What must be asked before a change is merged. Governance answers; without an answer the gate stays shut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hub.core.actor import Actor
from hub.core.gates import required_gate
from models_catalog.changes.models import Change
from models_catalog.revisions.models import Revision


@dataclass(frozen=True, slots=True)
class MergeQuestion:
    """Whether ``change`` may be merged, as it stands at ``revision``, by ``actor``."""

    change: Change
    revision: Revision
    actor: Actor


merge_gate = required_gate("merge a change", MergeQuestion)

_counters: list[Callable[[Change], int]] = []


def register_approvals(count: Callable[[Change], int]) -> None:
    """Say who counts the approvals that stand for a change's head; called once, by governance."""
    _counters[:] = [count]


def standing_approvals(change: Change) -> int:
    """How many approvals stand; none when nobody counts them."""
    return sum(count(change) for count in _counters)
