"""``/rules``: what a policy can be made of, and what each rule can be set to."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.policies.catalogue import RULES_BY_ID
from governance.policies.rules.base import Rule
from governance.policies.rules.parameters import Kind, Parameter
from governance.web.rule_words import what_it_means
from hub.api.operations import Answer, operation
from hub.api.pages import page_answer, slice_of, wanted_page
from hub.api.shapes import shown_all
from hub.api.views import ApiView


@extend_schema_field(OpenApiTypes.ANY)
class ValueField(serializers.JSONField):
    """A value of any kind."""


class ChoiceShape(serializers.Serializer[Any]):
    """One of the values that a parameter can have."""

    code = serializers.CharField()
    word = serializers.CharField()


class ColumnShape(serializers.Serializer[Any]):
    """One thing that a rule can be set to."""

    name = serializers.CharField()
    kind = serializers.ChoiceField([kind.value for kind in Kind])
    label = serializers.CharField()  # type: ignore[assignment]  # a name that the base class uses in forms alone
    help = serializers.CharField()
    is_optional = serializers.BooleanField(help_text="Whether it may be null.")
    minimum = serializers.FloatField(allow_null=True)
    maximum = serializers.FloatField(allow_null=True)
    choices = ChoiceShape(many=True, help_text="Empty where any value of the kind will do.")


class ParameterShape(ColumnShape):
    """One thing that a rule can be set to."""

    most = serializers.IntegerField(help_text="How many entries lists have at most.")
    value = ValueField(help_text="What it is unless a policy says otherwise.")
    columns = ColumnShape(many=True, help_text="Of `rows`: what each row says.")


class RuleKindShape(serializers.Serializer[Any]):
    """A rule that a policy can have."""

    id = serializers.CharField()
    name = serializers.CharField()
    means = serializers.CharField()
    is_waivable = serializers.BooleanField(help_text="Whether a person may answer for it.")
    needs_change = serializers.BooleanField(help_text="Whether it judges how a change came about.")
    parameters = ParameterShape(many=True)


COLUMN_EXAMPLE: dict[str, Any] = {
    "name": "count",
    "kind": "number",
    "label": "Approvals",
    "help": "How many people who did not make the change have to approve it.",
    "is_optional": False,
    "minimum": 0,
    "maximum": 10,
    "choices": [],
}
RULE_KIND_EXAMPLE: dict[str, Any] = {
    "id": "approvals",
    "name": "Approvals",
    "means": "Nobody who pushed to the change can approve.",
    "is_waivable": False,
    "needs_change": True,
    "parameters": [COLUMN_EXAMPLE | {"most": 100, "value": 1, "columns": []}],
}


def rule_kind_facts(kind: type[Rule]) -> dict[str, Any]:
    """The answer about one rule."""
    usual = kind()
    values = usual.stored()
    return {
        "id": kind.id,
        "name": kind.name,
        "means": what_it_means(usual),
        "is_waivable": kind.is_waivable,
        "needs_change": kind.needs_change,
        "parameters": [
            _facts(each)
            | {
                "most": each.most,
                "value": values[each.name],
                "columns": [_facts(column) for column in each.columns],
            }
            for each in kind.parameters
        ],
    }


def _facts(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "label": parameter.label,
        "help": parameter.help,
        "is_optional": parameter.is_optional,
        "minimum": parameter.minimum,
        "maximum": parameter.maximum,
        "choices": [{"code": c, "word": str(word)} for c, word in parameter.known().items()],
    }


class Rules(ApiView):
    """The catalogue of rules."""

    open_to_strangers = ("GET",)

    @operation(
        name="rule_list",
        tag="Policies",
        purpose="List the rules that a policy can be made of",
        details="By id, each with what it can be set to and what it is unless a policy says otherwise.",
        answer=Answer(RuleKindShape, RULE_KIND_EXAMPLE, is_list=True),
        is_open=True,
    )
    def get(self, request: Request) -> Response:
        """By id."""
        names = sorted(RULES_BY_ID)
        start, stop, beside = slice_of(names, wanted_page(request))
        found = [rule_kind_facts(RULES_BY_ID[name]) for name in names[start:stop]]
        return page_answer(request, shown_all(RuleKindShape, found), beside)
