"""Where a model's versions stand, now and at any moment, and moving them."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import KEY, MODEL, Answer, Sent, operation
from hub.api.pages import Neighbours, page_answer
from hub.api.shapes import shown, shown_all
from models_catalog.api.asking import asked
from models_catalog.api.doors import OfModel
from models_catalog.api.stage_shapes import (
    AS_OF,
    STAGE,
    STAGE_EXAMPLE,
    STAGE_MOVE_EXAMPLE,
    STANDING_EXAMPLE,
    VERSION,
    AsOfParams,
    MovingBody,
    RollbackBody,
    StageMoveShape,
    StageOfModelShape,
    StageReadShape,
    StandingShape,
)
from models_catalog.stages.actions import move_stage, rollback
from models_catalog.stages.queries import (
    history_of_stage,
    stage_named,
    standing_in,
    standings_of,
    versions_as_of,
)
from models_catalog.versions.models import Version
from models_catalog.versions.queries import get_version

MOST_THEN = 100


def standing_facts(version: Version) -> dict[str, object]:
    """The answer about where one version stands."""
    standing = standings_of([version])[version.pk]
    said = {
        "version": version.number,
        "stage": standing.stage.stage if standing.stage else "",
        "aliases": [move.alias for move in standing.aliases],
    }
    return shown(StandingShape, said)


class Stages(OfModel):
    """The stages of a model."""

    open_to_strangers = ("GET",)

    @operation(
        name="model_stage_list",
        tag="Stages",
        purpose="List the stages of a model",
        details="In their order, with the versions that stand there. All of them: the list has one page.",
        answer=Answer(StageOfModelShape, STAGE_EXAMPLE | {"versions": [3]}, is_list=True),
        places=MODEL,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """All of them."""
        found = standing_in(self.repo(namespace, name))
        return page_answer(request, shown_all(StageOfModelShape, found), Neighbours())


class Stage(OfModel):
    """One stage of a model."""

    open_to_strangers = ("GET",)

    @operation(
        name="model_stage_read",
        tag="Stages",
        purpose="Read who stands in a stage, or stood there",
        answer=Answer(
            StageReadShape,
            STAGE_EXAMPLE | {"as_of": "2026-11-20T12:00:00Z", "moves": [STAGE_MOVE_EXAMPLE]},
        ),
        places=STAGE,
        parameters=AS_OF,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, stage: str) -> HttpResponseBase:
        """At the moment that is asked for: moved there by whom, and by which review."""
        repo = self.repo(namespace, name)
        found = stage_named(repo.namespace, stage)
        moment = asked(request, AsOfParams)["as_of"] or timezone.now()
        moves = list(versions_as_of(repo, found.name, moment)[:MOST_THEN])
        said = {
            "name": found.name,
            "title": found.title,
            "is_protected": found.is_protected,
            "is_exclusive": found.is_exclusive,
            "as_of": moment,
            "moves": moves,
        }
        return self.one(shown(StageReadShape, said))


class StageHistory(OfModel):
    """Every move into a stage and out of it."""

    open_to_strangers = ("GET",)

    @operation(
        name="model_stage_history_list",
        tag="Stages",
        purpose="List the moves of a stage",
        answer=Answer(StageMoveShape, STAGE_MOVE_EXAMPLE, is_list=True),
        places=STAGE,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, stage: str) -> Response:
        """The newest first."""
        repo = self.repo(namespace, name)
        found = stage_named(repo.namespace, stage)
        return self.listed(history_of_stage(repo, found.name), StageMoveShape, keys=("-id",))


class StageRollback(OfModel):
    """Going back in a stage."""

    spends = {"POST": "write"}

    @operation(
        name="model_stage_rollback",
        tag="Stages",
        purpose="Roll a stage back",
        details="To the version that stood there before, through the same gate as any other move.",
        sent=Sent(RollbackBody, {"expected": 3}),
        answer=Answer(StageMoveShape, STAGE_MOVE_EXAMPLE | {"is_rollback": True}),
        places=STAGE,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, stage: str) -> HttpResponseBase:
        """One step."""
        repo = self.repo(namespace, name)
        found = stage_named(repo.namespace, stage)
        moved = rollback(repo, found.name, **self.read(RollbackBody), actor=self.actor)
        return self.one(shown(StageMoveShape, moved))


class StageOfVersion(OfModel):
    """Where one version stands."""

    open_to_strangers = ("GET",)
    spends = {"PUT": "write"}

    @operation(
        name="version_stage_read",
        tag="Stages",
        purpose="Read where a version stands",
        answer=Answer(StandingShape, STANDING_EXAMPLE),
        places=VERSION,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Its stage and its aliases."""
        version = get_version(self.repo(namespace, name), number, actor=self.actor)
        return self.one(standing_facts(version))

    @operation(
        name="version_stage_change",
        tag="Stages",
        purpose="Move a version to a stage",
        details=(
            "In an exclusive stage the version that stood there makes room in the same transaction. Protected stages of "
            "reviewed models answer with 403 and the reasons, unless a review has granted the move."
        ),
        sent=Sent(MovingBody, {"stage": "production", "expected": 2, "displaced_to": "archived"}),
        answer=Answer(StandingShape, STANDING_EXAMPLE),
        places=VERSION,
        refusals=(403, 409, 410),
    )
    def put(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Standing there already, nothing changes."""
        version = get_version(self.repo(namespace, name), number, actor=self.actor)
        body = self.read(MovingBody)
        move_stage(version, body.pop("stage"), **body, actor=self.actor)
        return self.one(standing_facts(version))
