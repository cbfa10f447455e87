"""Setting aliases and taking them away."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.attempts import AttemptRefused, attempting, remembers_attempts
from hub.core.errors import Conflict, NotFound
from hub.core.events import emit
from models_catalog.repos.attempts import attempt_if
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Ref
from models_catalog.stages.actions.holding import (
    ask_steadily,
    hold_still,
    require_mover,
    require_of_repo,
    require_same,
    usable,
)
from models_catalog.stages.defaults import checked_name
from models_catalog.stages.events import AliasMoved
from models_catalog.stages.gates import AliasQuestion, alias_gate
from models_catalog.stages.models import AliasMove
from models_catalog.stages.queries import alias_now, is_alias_protected, stages_of
from models_catalog.versions.models import Version

MOST_ALIASES = 100  # of one model


@dataclass(frozen=True, slots=True)
class AliasWish:
    """What an alias is to mean, what the caller saw it mean, by which review, and what a rollback goes back to."""

    alias: str
    version: Version | None
    expected: int | None = None
    review: int | None = None
    back_to: AliasMove | None = None


@remembers_attempts
@transaction.atomic
def set_alias(
    repo: Repo,
    name: str,
    version: Version,
    *,
    expected: int | None = None,
    review: int | None = None,
    actor: Actor,
) -> AliasMove:
    """Let ``name`` mean a version from now on. ``expected`` is the number it meant for the caller, 0 for none.

    Meaning it already, nothing changes. Raises ``GateShut`` with every reason, ``Conflict`` when it means another.
    """
    held = hold_still(repo, actor=actor)
    require_of_repo(version, held)
    wish = AliasWish(checked_name(name, field="alias"), version, expected, review)
    moved = turn(held, wish, actor=actor)
    assert moved is not None
    return moved


@remembers_attempts
@transaction.atomic
def remove_alias(
    repo: Repo,
    name: str,
    *,
    expected: int | None = None,
    review: int | None = None,
    actor: Actor,
) -> None:
    """Let ``name`` mean nothing any more; its history stays. Raises ``NotFound`` when it means nothing already."""
    held = hold_still(repo, actor=actor)
    with attempting(_tried(held, name, actor=actor)):
        require_mover(held, review=review, actor=actor)
    if _meant(alias_now(held, name)) is None:
        raise NotFound(_("Nothing is called “{name}” here.").format(name=name[:60]))
    turn(held, AliasWish(name, None, expected, review), actor=actor)


def turn(repo: Repo, wish: AliasWish, *, actor: Actor) -> AliasMove | None:
    """What every move of an alias does, a rollback too; the caller holds the model."""
    with attempting(_tried(repo, wish.alias, actor=actor)):
        return _turn(repo, wish, actor=actor)


def _tried(repo: Repo, alias: str, *, actor: Actor) -> AttemptRefused | None:
    is_guarded = repo.is_protected and is_alias_protected(repo.namespace, alias)
    return attempt_if(repo, f"alias {alias}", is_protected=is_guarded, actor=actor)


def _turn(repo: Repo, wish: AliasWish, *, actor: Actor) -> AliasMove | None:
    require_mover(repo, review=wish.review, actor=actor)
    version = usable(wish.version) if wish.version else None
    stands = alias_now(repo, wish.alias)
    meant = _meant(stands)
    if stands is not None and meant == version:
        return stands
    require_same(wish.expected, meant)
    if meant is None and version is not None:
        _require_free(repo, wish.alias)
    question = AliasQuestion(
        alias=wish.alias,
        version=version,
        replaced=meant,
        is_guarded=repo.is_protected and is_alias_protected(repo.namespace, wish.alias),
        review=wish.review,
        actor=actor,
    )
    stays = _("“{alias}” stays as it is.").format(alias=wish.alias)
    ask_steadily(alias_gate, question, repo, stays=stays)
    return _write(repo, wish, version, stands, actor=actor)


def _meant(move: AliasMove | None) -> Version | None:
    return move.version if move else None


def _require_free(repo: Repo, alias: str) -> None:
    """Refuse an alias that is a stage, a branch, a tag or a label: one word would mean two things."""
    if any(stage.name == alias for stage in stages_of(repo.namespace)):
        taken = _("a stage")
    elif Ref.objects.filter(repo=repo, name__in=[alias, f"refs/tags/{alias}"]).exists():
        taken = _("a branch or a tag")
    elif Version.objects.filter(repo=repo, label=alias).exists():
        taken = _("a version")
    elif AliasMove.objects.filter(repo=repo, ended_at=None).count() >= MOST_ALIASES:
        raise Conflict(
            _("This model has {most} aliases already. Take one away first.").format(
                most=MOST_ALIASES
            )
        )
    else:
        return
    raise Conflict(
        _("“{alias}” is the name of {taken} here. Choose another word.").format(
            alias=alias, taken=taken
        ),
        field="alias",
    )


def _write(
    repo: Repo, wish: AliasWish, version: Version | None, stands: AliasMove | None, *, actor: Actor
) -> AliasMove:
    """End the move that gave the alias its meaning, and write the new one down."""
    now = timezone.now()
    before = _meant(stands)
    below = wish.back_to.below_id if wish.back_to else _below(repo, wish.alias)
    AliasMove.objects.filter(repo=repo, alias=wish.alias, ended_at=None).update(ended_at=now)
    moved = AliasMove.objects.create(
        repo=repo,
        alias=wish.alias,
        version=version,
        from_version=before,
        moved_by=actor.user,
        moved_at=now,
        review=wish.review,
        is_rollback=wish.back_to is not None,
        below_id=below,
    )
    emit(
        AliasMoved(
            actor=actor,
            repo=repo,
            alias=wish.alias,
            number=version.number if version else None,
            from_number=before.number if before else None,
            is_rollback=moved.is_rollback,
            review=wish.review,
        )
    )
    return moved


def _below(repo: Repo, alias: str) -> int | None:
    """The last move that gave the alias a meaning, whether it has it still or not."""
    moves = AliasMove.objects.filter(repo=repo, alias=alias).exclude(version=None)
    return moves.order_by("-pk").values_list("pk", flat=True).first()
