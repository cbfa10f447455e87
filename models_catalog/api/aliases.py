"""What a model's aliases mean, now and at any moment, and moving them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import KEY, MODEL, Answer, Sent, operation
from hub.api.shapes import shown
from hub.core.errors import NotFound
from models_catalog.api.asking import asked
from models_catalog.api.doors import OfModel
from models_catalog.api.stage_shapes import (
    ALIAS,
    ALIAS_MOVE_EXAMPLE,
    AS_OF,
    AliasBody,
    AliasMoveShape,
    AliasReadShape,
    AsOfParams,
    RollbackBody,
)
from models_catalog.repos.models import Repo
from models_catalog.stages.actions import remove_alias, rollback, set_alias
from models_catalog.stages.defaults import may_be_a_name
from models_catalog.stages.models import AliasMove
from models_catalog.stages.queries import alias_as_of, aliases_of, history_of_alias
from models_catalog.versions.queries import get_version


def _moves_of(repo: Repo, alias: str) -> QuerySet[AliasMove]:
    """Every move of an alias. Raises ``NotFound`` for what was never one."""
    moves = history_of_alias(repo, alias) if may_be_a_name(alias) else AliasMove.objects.none()
    if not moves.exists():
        raise NotFound
    return moves


class Aliases(OfModel):
    """The aliases of a model."""

    open_to_strangers = ("GET",)

    @operation(
        name="alias_list",
        tag="Aliases",
        purpose="List aliases",
        answer=Answer(AliasMoveShape, ALIAS_MOVE_EXAMPLE, is_list=True),
        places=MODEL,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """By name, with what each means now."""
        rows = aliases_of(self.repo(namespace, name))
        return self.listed(rows, AliasMoveShape, keys=("alias",))


class Alias(OfModel):
    """One alias."""

    open_to_strangers = ("GET",)
    spends = {"PUT": "write", "DELETE": "write"}

    @operation(
        name="alias_read",
        tag="Aliases",
        purpose="Read what an alias means, or meant",
        answer=Answer(
            AliasReadShape,
            {"alias": "champion", "as_of": "2026-11-20T12:00:00Z", "move": ALIAS_MOVE_EXAMPLE},
        ),
        places=ALIAS,
        parameters=AS_OF,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, alias: str) -> HttpResponseBase:
        """At the moment that is asked for: set by whom, and by which review."""
        repo = self.repo(namespace, name)
        _moves_of(repo, alias)
        moment = asked(request, AsOfParams)["as_of"] or timezone.now()
        said = {"alias": alias, "as_of": moment, "move": alias_as_of(repo, alias, moment)}
        return self.one(shown(AliasReadShape, said))

    @operation(
        name="alias_set",
        tag="Aliases",
        purpose="Set an alias",
        details="Makes it or moves it. Protected ones of reviewed models answer with 403 unless a review has granted it.",
        sent=Sent(AliasBody, {"version": 3, "expected": 2}),
        answer=Answer(AliasMoveShape, ALIAS_MOVE_EXAMPLE),
        places=ALIAS,
        refusals=(403, 409, 410),
    )
    def put(self, request: Request, namespace: str, name: str, alias: str) -> HttpResponseBase:
        """Meaning it already, nothing changes."""
        repo = self.repo(namespace, name)
        body = self.read(AliasBody)
        version = get_version(repo, body["version"], actor=self.actor)
        moved = set_alias(repo, alias, version, expected=body["expected"], actor=self.actor)
        return self.one(shown(AliasMoveShape, moved))

    @operation(
        name="alias_remove",
        tag="Aliases",
        purpose="Take an alias away",
        details="Its history stays.",
        answer=Answer(status=204, means="Taken away."),
        places=ALIAS,
        refusals=(403, 409, 410),
    )
    def delete(self, request: Request, namespace: str, name: str, alias: str) -> Response:
        """It means nothing any more."""
        repo = self.repo(namespace, name)
        remove_alias(repo, alias if may_be_a_name(alias) else "", actor=self.actor)
        return Response(status=204)


class AliasHistory(OfModel):
    """Every move of an alias."""

    open_to_strangers = ("GET",)

    @operation(
        name="alias_history_list",
        tag="Aliases",
        purpose="List the moves of an alias",
        answer=Answer(AliasMoveShape, ALIAS_MOVE_EXAMPLE, is_list=True),
        places=ALIAS,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, alias: str) -> Response:
        """The newest first."""
        repo = self.repo(namespace, name)
        return self.listed(_moves_of(repo, alias), AliasMoveShape, keys=("-id",))


class AliasRollback(OfModel):
    """Going back with an alias."""

    spends = {"POST": "write"}

    @operation(
        name="alias_rollback",
        tag="Aliases",
        purpose="Roll an alias back",
        details="To the version that it meant before, through the same gate as any other move.",
        sent=Sent(RollbackBody, {"expected": 3}),
        answer=Answer(AliasMoveShape, ALIAS_MOVE_EXAMPLE | {"is_rollback": True}),
        places=ALIAS,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, alias: str) -> HttpResponseBase:
        """One step."""
        repo = self.repo(namespace, name)
        _moves_of(repo, alias)
        moved = rollback(repo, alias, **self.read(RollbackBody), actor=self.actor)
        return self.one(shown(AliasMoveShape, moved))
