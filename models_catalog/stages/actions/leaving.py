"""Taking a version out of everything that leads to it, because it must not be used any more."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from hub.core.actor import Actor
from hub.core.events import emit
from models_catalog.stages.events import AliasMoved, StageMoved
from models_catalog.stages.models import AliasMove, StageMove
from models_catalog.stages.queries import standings_of
from models_catalog.versions.models import Version


@transaction.atomic
def leave_everything(version: Version, *, actor: Actor) -> None:
    """Take a version that was yanked or withdrawn out of its stage and away from its aliases; no gate is asked.

    Whoever takes a version back has been asked already, and nothing that is taken back may stay in production. The
    caller holds the model, so that nobody moves the version meanwhile.
    """
    standing = standings_of([version])[version.pk]
    repo, now = version.repo, timezone.now()
    if standing.stage is not None:
        StageMove.objects.filter(version=version, ended_at=None).update(ended_at=now)
        StageMove.objects.create(
            repo=repo,
            version=version,
            from_stage=standing.stage.stage,
            moved_by=actor.user,
            moved_at=now,
        )
        emit(
            StageMoved(
                actor=actor,
                repo=repo,
                number=version.number,
                from_stage=standing.stage.stage,
                to_stage="",
            )
        )
    for move in standing.aliases:
        AliasMove.objects.filter(pk=move.pk).update(ended_at=now)
        AliasMove.objects.create(
            repo=repo,
            alias=move.alias,
            from_version=version,
            moved_by=actor.user,
            moved_at=now,
        )
        emit(
            AliasMoved(
                actor=actor,
                repo=repo,
                alias=move.alias,
                number=None,
                from_number=version.number,
            )
        )
