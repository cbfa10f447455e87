"""Moves that people can be asked to agree to: of a stage, an alias, a visibility. Whoever owns one registers it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.errors import Invalid
from models_catalog.repos.models import Repo
from models_catalog.versions.models import Version


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to move where: ``version`` (nothing when ``None``) to ``name``, by the review in that discussion."""

    repo: Repo
    version: Version | None
    name: str
    discussion_number: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """One kind of protected move.

    ``title`` says it as an order and raises ``Invalid`` for what cannot be; ``stands`` is what stands there now, in one
    word; ``carry_out`` calls the catalogue's action, which asks its gate, and raises ``Conflict`` when it has moved.
    """

    title: Callable[[Wanted], str]
    stands: Callable[[Wanted], str]
    carry_out: Callable[[Wanted, Actor], None]


_moves: dict[str, Move] = {}


def register_move(target: str, move: Move) -> None:
    """Let people ask for moves of ``target``; called once when Django starts."""
    _moves[target] = move


def move_for(target: str) -> Move:
    """The move of a target. Raises ``Invalid`` for one that nobody registered."""
    if target not in _moves:
        raise Invalid(
            _("Say what is to move: {targets}.").format(targets=", ".join(_moves)), field="target"
        )
    return _moves[target]


def targets() -> tuple[str, ...]:
    """What can be asked to move."""
    return tuple(_moves)
