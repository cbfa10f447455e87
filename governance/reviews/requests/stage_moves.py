"""Moves of stages and aliases that people can be asked to agree to."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.reviews.requests.moves import Move, Wanted
from hub.core.actor import Actor
from hub.core.errors import Invalid
from models_catalog.stages.actions.aliases import remove_alias, set_alias
from models_catalog.stages.actions.moving import move_stage
from models_catalog.stages.models import StageMove
from models_catalog.stages.queries import alias_now, stages_of
from models_catalog.versions.models import Version

STAGE, ALIAS = "stage", "alias"


def _stage_title(wanted: Wanted) -> str:
    if wanted.version is None:
        raise Invalid(_("Choose the version that is to move."), field="version")
    known = {stage.name: stage.title for stage in stages_of(wanted.repo.namespace)}
    if not wanted.name:
        return _("Take {version} out of its stage").format(version=wanted.version.title)
    if wanted.name not in known:
        raise Invalid(
            _("There is no such stage here. Choose one of: {stages}.").format(
                stages=", ".join(known)
            ),
            field="name",
        )
    return _("Move {version} to {stage}").format(
        version=wanted.version.title, stage=known[wanted.name]
    )


def _in_stage(wanted: Wanted) -> str:
    """The versions that stand there, the one that is to leave included."""
    moves = StageMove.objects.filter(repo=wanted.repo, ended_at=None)
    where = Q(stage=wanted.name) if wanted.name else Q(version=wanted.version)
    numbers = (
        moves.filter(where).order_by("version__number").values_list("version__number", "stage")
    )
    return ", ".join(f"v{number} {stage}".strip() for number, stage in numbers)


def _move_stage(wanted: Wanted, actor: Actor) -> None:
    assert wanted.version is not None
    move_stage(wanted.version, wanted.name, review=wanted.discussion_number, actor=actor)


def _alias_title(wanted: Wanted) -> str:
    if not wanted.name:
        raise Invalid(_("Name the alias."), field="name")
    if wanted.version is None:
        return _("Take the alias “{alias}” away").format(alias=wanted.name)
    return _("Call {version} “{alias}”").format(version=wanted.version.title, alias=wanted.name)


def _means(wanted: Wanted) -> str:
    move = alias_now(wanted.repo, wanted.name)
    version: Version | None = move.version if move else None
    return f"v{version.number}" if version else ""


def _turn_alias(wanted: Wanted, actor: Actor) -> None:
    number = wanted.discussion_number
    if wanted.version is None:
        remove_alias(wanted.repo, wanted.name, review=number, actor=actor)
    else:
        set_alias(wanted.repo, wanted.name, wanted.version, review=number, actor=actor)


STAGES = Move(_stage_title, _in_stage, _move_stage)
ALIASES = Move(_alias_title, _means, _turn_alias)
