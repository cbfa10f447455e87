"""What must be asked before more people come to see a model. Governance answers; without an answer the gate stays shut."""

from __future__ import annotations

from dataclasses import dataclass

from hub.core.actor import Actor
from hub.core.gates import required_gate
from models_catalog.repos.models import Repo, Visibility

WIDENING = (Visibility.PRIVATE, Visibility.INTERNAL, Visibility.PUBLIC)


@dataclass(frozen=True, slots=True)
class VisibilityQuestion:
    """Whether ``repo`` may become as visible as ``visibility``, which is more than it is.

    ``review`` is the discussion that is said to grant it.
    """

    repo: Repo
    visibility: str
    review: int | None
    actor: Actor


visibility_gate = required_gate("make a model more visible", VisibilityQuestion)


def is_wider(new: str, old: str) -> bool:
    """Whether more people see a model of the visibility ``new`` than of ``old``."""
    return WIDENING.index(Visibility(new)) > WIDENING.index(Visibility(old))
