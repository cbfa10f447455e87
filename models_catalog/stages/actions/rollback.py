"""Going back to the version that was there before, through the same gates as any other move."""

from __future__ import annotations

from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.attempts import attempting, remembers_attempts
from hub.core.errors import Conflict, Invalid
from models_catalog.repos.attempts import attempt_if
from models_catalog.repos.models import Repo
from models_catalog.stages.actions.aliases import AliasWish, turn
from models_catalog.stages.actions.holding import hold_still, require_mover
from models_catalog.stages.actions.moving import Wish, place
from models_catalog.stages.models import AliasMove, StageMove
from models_catalog.stages.queries import (
    is_alias_protected,
    is_stage_protected,
    rollback_target,
    stages_of,
)


@remembers_attempts
@transaction.atomic
def rollback(
    repo: Repo,
    name: str,
    *,
    expected: int | None = None,
    review: int | None = None,
    actor: Actor,
) -> StageMove | AliasMove:
    """Let the version stand in a stage, or bear an alias, that did before the present one.

    Twice in a row goes back two steps; versions that can no longer be used are passed over. ``expected`` is the number
    of the version that stood there for the caller. Raises ``Conflict`` when there is nothing to go back to.
    """
    held = hold_still(repo, actor=actor)
    is_guarded = held.is_protected and (
        is_stage_protected(held.namespace, name) or is_alias_protected(held.namespace, name)
    )
    with attempting(
        attempt_if(held, f"rollback of {name}"[:60], is_protected=is_guarded, actor=actor)
    ):
        require_mover(held, review=review, actor=actor)
    stage = next((stage for stage in stages_of(held.namespace) if stage.name == name), None)
    if stage is not None and not stage.is_exclusive:
        raise Invalid(
            _(
                "Several versions may stand in “{stage}”, so there is no one version to go back to. "
                "Move the version that you want there."
            ).format(stage=stage.title),
            field="name",
        )
    target = rollback_target(held, name)
    if target is None or target.version is None:
        raise Conflict(
            _("No other version was “{name}” before that could be used again.").format(
                name=name[:60]
            )
        )
    if isinstance(target, StageMove):
        wish = Wish(name, expected=expected, review=review, back_to=target)
        return _done(place(held, target.version, wish, actor=actor))
    alias = AliasWish(name, target.version, expected, review, back_to=target)
    return _done(turn(held, alias, actor=actor))


Moved = TypeVar("Moved", StageMove, AliasMove)


def _done(moved: Moved | None) -> Moved:
    assert moved is not None  # it names a version
    return moved
