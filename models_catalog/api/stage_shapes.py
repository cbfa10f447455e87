"""Bodies and answers about stages, aliases, and who stood where when."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers

from hub.api.bodies import Body
from hub.api.operations import MODEL, place, query

_EXPECTED = (
    "The number of the version that you saw there, 0 for none: 409 when it is another by now. "
    "Left out: whoever stands there gives way."
)


class MoveShape(serializers.Serializer[Any]):
    """A move that somebody made."""

    version = serializers.IntegerField(
        source="version.number", allow_null=True, default=None, help_text="Null: it means nothing."
    )
    moved_by = serializers.CharField(
        source="moved_by.username", allow_null=True, default=None, help_text="Null: the hub itself."
    )
    moved_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True, help_text="Null: it holds still.")
    review = serializers.IntegerField(
        allow_null=True, help_text="The number of the discussion that granted it."
    )
    is_rollback = serializers.BooleanField()


class StageMoveShape(MoveShape):
    """A version came to a stage."""

    stage = serializers.CharField(help_text="Empty: it stands nowhere.")
    from_stage = serializers.CharField(help_text="Empty: it stood nowhere.")


class AliasMoveShape(MoveShape):
    """An alias came to mean a version."""

    alias = serializers.CharField()


class StageShape(serializers.Serializer[Any]):
    """A stage of an organisation."""

    name = serializers.CharField()
    title = serializers.CharField()
    is_protected = serializers.BooleanField(
        help_text="Versions of reviewed models come there, or leave it, by a review only."
    )
    is_exclusive = serializers.BooleanField(help_text="Each model has one version there at most.")


class StageOfModelShape(StageShape):
    """A stage with the versions that stand there."""

    versions = serializers.ListField(
        child=serializers.IntegerField(), help_text="Their numbers, at most 20, newest first."
    )


class StageReadShape(StageShape):
    """Who stood in a stage at a moment."""

    as_of = serializers.DateTimeField()
    moves = StageMoveShape(many=True, help_text="At most 100, the last to come first.")


class AliasReadShape(serializers.Serializer[Any]):
    """What an alias meant at a moment."""

    alias = serializers.CharField()
    as_of = serializers.DateTimeField()
    move = AliasMoveShape(allow_null=True, help_text="Null: nothing was called so.")


class StandingShape(serializers.Serializer[Any]):
    """Where a version stands and what it is called."""

    version = serializers.IntegerField()
    stage = serializers.CharField(help_text="Empty: nowhere.")
    aliases = serializers.ListField(child=serializers.CharField())


class ProtectedAliasShape(serializers.Serializer[Any]):
    """An alias that moves by a review only."""

    name = serializers.CharField()


class MovingBody(Body):
    """Where a version is to stand."""

    stage = serializers.CharField(max_length=40, allow_blank=True, help_text="Empty: nowhere.")
    expected = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, help_text=_EXPECTED
    )
    displaced_to = serializers.CharField(
        max_length=40,
        required=False,
        allow_blank=True,
        allow_null=True,
        default=None,
        help_text="Where the version goes whose place it takes; `archived` unless told, empty for nowhere.",
    )


class AliasBody(Body):
    """What an alias is to mean."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    expected = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, help_text=_EXPECTED
    )


class RollbackBody(Body):
    """What the caller saw."""

    expected = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, help_text=_EXPECTED
    )


class StageBody(Body):
    """A new stage."""

    name = serializers.CharField(max_length=40)
    title = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    is_protected = serializers.BooleanField(required=False, default=False)
    is_exclusive = serializers.BooleanField(
        required=False, default=False, help_text="Settled for good."
    )


class StageChange(Body):
    """What to change; what is left out stays."""

    title = serializers.CharField(max_length=60, required=False)
    is_protected = serializers.BooleanField(required=False)


class StageOrder(Body):
    """The stages in their order."""

    order = serializers.ListField(child=serializers.CharField(max_length=40), max_length=50)


class AsOfParams(serializers.Serializer[Any]):
    """At which moment."""

    as_of = serializers.DateTimeField(default=None)


AS_OF = (
    query(
        "as_of",
        "At which moment (RFC 3339); now unless told.",
        kind={"type": "string", "format": "date-time"},
    ),
)
STAGE = (*MODEL, place("stage", "The name of the stage.", example="production"))
ALIAS = (*MODEL, place("alias", "The alias.", example="champion"))
VERSION = (*MODEL, place("number", "The number of the version.", example=3, kind=OpenApiTypes.INT))
MOVE_EXAMPLE: dict[str, Any] = {
    "version": 3,
    "moved_by": "ada",
    "moved_at": "2026-11-20T09:30:00Z",
    "ended_at": None,
    "review": 14,
    "is_rollback": False,
}
STAGE_MOVE_EXAMPLE = MOVE_EXAMPLE | {"stage": "production", "from_stage": "staging"}
ALIAS_MOVE_EXAMPLE = MOVE_EXAMPLE | {"alias": "champion"}
STAGE_EXAMPLE: dict[str, Any] = {
    "name": "production",
    "title": "Production",
    "is_protected": True,
    "is_exclusive": True,
}
STANDING_EXAMPLE: dict[str, Any] = {"version": 3, "stage": "production", "aliases": ["champion"]}
