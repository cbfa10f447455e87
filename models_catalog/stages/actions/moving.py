"""Moving versions between stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.attempts import attempting, remembers_attempts
from hub.core.errors import Invalid
from hub.core.events import emit
from models_catalog.repos.attempts import attempt_if
from models_catalog.repos.models import Repo
from models_catalog.stages.actions.holding import (
    ask_steadily,
    hold_still,
    require_mover,
    require_of_repo,
    require_same,
    usable,
)
from models_catalog.stages.defaults import ARCHIVED
from models_catalog.stages.events import StageMoved
from models_catalog.stages.gates import StageQuestion, stage_gate
from models_catalog.stages.models import Stage, StageMove
from models_catalog.stages.queries import is_stage_protected, stage_now, stages_of
from models_catalog.versions.models import Version


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: the stage, what they saw there, where its version goes instead, by which review.

    ``back_to`` is the move that a rollback goes back to.
    """

    stage: str
    expected: int | None = None
    displaced_to: str | None = None
    review: int | None = None
    back_to: StageMove | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """One move with everything it touches, looked up under the locks."""

    wish: Wish
    repo: Repo
    version: Version
    stands: StageMove | None
    target: Stage | None
    last: StageMove | None  # into the target, whether its version is there still or not
    occupant: StageMove | None  # of the version whose place is taken
    actor: Actor

    @property
    def from_stage(self) -> str:
        return self.stands.stage if self.stands else ""

    @property
    def replaced(self) -> Version | None:
        return self.occupant.version if self.occupant else None


@remembers_attempts
@transaction.atomic
def move_stage(
    version: Version,
    stage: str,
    *,
    expected: int | None = None,
    displaced_to: str | None = None,
    review: int | None = None,
    actor: Actor,
) -> StageMove | None:
    """Let a version stand in ``stage`` from now on, or nowhere when that is empty.

    In the same transaction the version whose place it takes goes to ``displaced_to``: *archived* unless said otherwise,
    nowhere when empty. ``expected`` is the number of the version that the caller saw in an exclusive stage, 0 for none. Where it stands
    already nothing changes. Raises ``GateShut`` with every reason, ``Conflict`` when another stands there by now.
    """
    wish = Wish(stage, expected, displaced_to, review)
    return place(hold_still(version.repo, actor=actor), version, wish, actor=actor)


def place(repo: Repo, version: Version, wish: Wish, *, actor: Actor) -> StageMove | None:
    """What every move of a version does, a rollback too; the caller holds the model."""
    require_of_repo(version, repo)
    stands = stage_now(version)
    names = {wish.stage, stands.stage if stands else ""}
    is_guarded = repo.is_protected and any(
        is_stage_protected(repo.namespace, name) for name in names
    )
    tried = attempt_if(repo, f"stage {wish.stage or 'none'}", is_protected=is_guarded, actor=actor)
    with attempting(tried):
        return _place(repo, version, wish, stands, actor=actor)


def _place(
    repo: Repo, version: Version, wish: Wish, stands: StageMove | None, *, actor: Actor
) -> StageMove | None:
    require_mover(repo, review=wish.review, actor=actor)
    if wish.stage == (stands.stage if stands else ""):
        return stands
    target = _stage_of(repo, wish.stage)
    if target is not None:
        version = usable(version)
    last = _last_in(repo, target)
    occupant = last if last is not None and last.ended_at is None else None
    step = _Step(wish, repo, version, stands, target, last, occupant, actor)
    require_same(wish.expected, step.replaced)
    aside = _aside(step)
    _ask(step)
    now = timezone.now()
    if step.occupant is not None:
        _put_aside(step, step.occupant, aside, at=now)
    return _write(step, at=now)


def _stage_of(repo: Repo, name: str, *, field: str = "stage") -> Stage | None:
    """The stage of this name, nothing for nowhere. Raises ``Invalid`` for one that the organisation does not have."""
    if not name:
        return None
    known = stages_of(repo.namespace)
    found = next((stage for stage in known if stage.name == name), None)
    if found is None:
        raise Invalid(
            _("There is no stage called “{name}” here. Choose one of: {stages}.").format(
                name=name[:60], stages=", ".join(stage.name for stage in known)
            ),
            field=field,
        )
    return found


def _last_in(repo: Repo, target: Stage | None) -> StageMove | None:
    """The last move into an exclusive stage, whether its version is there still or not."""
    if target is None or not target.is_exclusive:
        return None
    moves = StageMove.objects.filter(repo=repo, stage=target.name)
    return moves.select_related("version").order_by("-pk").first()


def _aside(step: _Step) -> str:
    """Where the version goes whose place is taken. Protected stages and exclusive ones need a move of their own."""
    if step.occupant is None:
        return ""
    wanted = step.wish.displaced_to
    if wanted is None:
        wanted = ARCHIVED
        if all(stage.name != ARCHIVED for stage in stages_of(step.repo.namespace)):
            return ""
    stage = _stage_of(step.repo, wanted, field="displaced_to")
    if stage is not None and (stage.is_protected or stage.is_exclusive):
        raise Invalid(
            _(
                "The version whose place is taken cannot go to “{stage}” at once: that stage asks for "
                "a move of its own. Let it be archived first."
            ).format(stage=stage.title),
            field="displaced_to",
        )
    return wanted


def _ask(step: _Step) -> None:
    is_touched = is_stage_protected(step.repo.namespace, step.from_stage) or (
        step.target is not None and step.target.is_protected
    )
    question = StageQuestion(
        version=step.version,
        from_stage=step.from_stage,
        to_stage=step.wish.stage,
        replaced=step.replaced,
        is_guarded=step.repo.is_protected and is_touched,
        review=step.wish.review,
        actor=step.actor,
    )
    stays = _("This version stays where it is.")
    ask_steadily(stage_gate, question, step.repo, stays=stays)


def _put_aside(step: _Step, occupant: StageMove, stage: str, *, at: datetime) -> None:
    """Take the version away whose place is taken."""
    occupant.ended_at = at
    occupant.save(update_fields=["ended_at"])
    StageMove.objects.create(
        repo=step.repo,
        version=occupant.version,
        stage=stage,
        from_stage=occupant.stage,
        moved_by=step.actor.user,
        moved_at=at,
        review=step.wish.review,
    )
    emit(
        StageMoved(
            actor=step.actor,
            repo=step.repo,
            number=occupant.version.number,
            from_stage=occupant.stage,
            to_stage=stage,
            review=step.wish.review,
        )
    )


def _write(step: _Step, *, at: datetime) -> StageMove | None:
    """End the move that brought the version where it stood, and write the new one down."""
    wish, occupant = step.wish, step.occupant
    below = wish.back_to.below_id if wish.back_to else step.last.pk if step.last else None
    replaced = occupant.version.number if occupant else None
    StageMove.objects.filter(version=step.version, ended_at=None).update(ended_at=at)
    moved = StageMove.objects.create(
        repo=step.repo,
        version=step.version,
        stage=wish.stage,
        from_stage=step.from_stage,
        is_exclusive=step.target is not None and step.target.is_exclusive,
        moved_by=step.actor.user,
        moved_at=at,
        review=wish.review,
        is_rollback=wish.back_to is not None,
        below_id=below,
    )
    emit(
        StageMoved(
            actor=step.actor,
            repo=step.repo,
            number=step.version.number,
            from_stage=step.from_stage,
            to_stage=wish.stage,
            replaced=replaced,
            is_rollback=moved.is_rollback,
            review=wish.review,
        )
    )
    return moved if wish.stage else None
