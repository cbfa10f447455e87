"""What must be asked before a version comes to a stage or an alias moves. Governance answers; unanswered they stay shut."""

from __future__ import annotations

from dataclasses import dataclass

from hub.core.actor import Actor
from hub.core.gates import required_gate
from models_catalog.versions.models import Version


@dataclass(frozen=True, slots=True)
class StageQuestion:
    """Whether ``version`` may go from one stage to another (both may be empty: nowhere), taking the place of ``replaced``.

    ``is_guarded``: the model is reviewed and one of the two is protected. ``review`` is the discussion said to grant it.
    """

    version: Version
    from_stage: str
    to_stage: str
    replaced: Version | None
    is_guarded: bool
    review: int | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class AliasQuestion:
    """Whether ``alias`` may come to mean ``version`` instead of ``replaced``; ``None`` is nothing.

    ``is_guarded``: the model is reviewed and its organisation protects the alias.
    """

    alias: str
    version: Version | None
    replaced: Version | None
    is_guarded: bool
    review: int | None
    actor: Actor


stage_gate = required_gate("move a version to a stage", StageQuestion)
alias_gate = required_gate("move an alias", AliasQuestion)
