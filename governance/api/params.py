"""What addresses of lists may ask for."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from governance.audit.queries import AuditFilters
from governance.audit.row_files import FORMATS
from governance.audit.sentences import SENTENCES
from governance.policies.outcomes import Outcome
from governance.reviews.queues.models import QueueKind, Risk
from hub.api.operations import query


def asked(request: Request, shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The parameters of the address that ``shape`` names; an empty one is none. Raises ``ValidationError``."""
    given = {name: request.query_params.get(name) for name in shape().get_fields()}
    read = shape(data={name: value for name, value in given.items() if value})
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)


class AuditParams(serializers.Serializer[Any]):
    """What the record can be narrowed by."""

    event = serializers.ChoiceField(sorted(SENTENCES), default="")
    actor = serializers.CharField(max_length=150, default="")
    since = serializers.DateField(default=None)
    until = serializers.DateField(default=None)


class ExportParams(AuditParams):
    """And as which file."""

    format = serializers.ChoiceField([*FORMATS], default=next(iter(FORMATS)))


class QueueParams(serializers.Serializer[Any]):
    """How a queue is narrowed and ordered."""

    view = serializers.CharField(max_length=20, default="")
    q = serializers.CharField(max_length=100, default="")
    kind = serializers.ChoiceField(QueueKind.values, default="")
    risk = serializers.ChoiceField([risk.name.lower() for risk in Risk], default="")
    late = serializers.BooleanField(default=False)
    blocked = serializers.BooleanField(default=False)
    asked = serializers.CharField(max_length=100, default="")
    sort = serializers.ChoiceField(["due", "newest"], default="due")


class SimulatedParams(serializers.Serializer[Any]):
    """How the models of a simulation are narrowed."""

    outcome = serializers.ChoiceField([each.value for each in Outcome], default="")


def filters_of(params: dict[str, Any]) -> AuditFilters:
    """The filters that an address asks for."""
    return AuditFilters(
        name=params["event"], actor=params["actor"], since=params["since"], until=params["until"]
    )


AUDIT_FILTERS = (
    query("event", "Only events of this name.", enum=sorted(SENTENCES)),
    query("actor", "Only what this person did; `hub` for what the hub did by itself."),
    query("since", "From this day on (UTC).", kind={"type": "string", "format": "date"}),
    query("until", "Up to this day (UTC).", kind={"type": "string", "format": "date"}),
)
EXPORT_FILTERS = (
    *AUDIT_FILTERS,
    query("format", "JSON lines unless told.", enum=[*FORMATS]),
)
QUEUE_FILTERS = (
    query("q", "Words of the title or the name of the model, or the author’s name."),
    query("kind", "Only those of this kind.", enum=QueueKind.values),
    query("risk", "Only those of this risk.", enum=[risk.name.lower() for risk in Risk]),
    query("late", "Only what is past its due date.", kind={"type": "boolean"}),
    query("blocked", "Only what scanning blocks a file of.", kind={"type": "boolean"}),
    query("asked", "Only what this person is asked to decide on, by username."),
    query("sort", "What is due first, unless told.", enum=["due", "newest"]),
)
