"""``/orgs/<org>/policy``: what an organisation asks for before a change is merged."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from accounts.api.words import TitledField
from accounts.namespaces.models import Preset
from governance.policies.actions import change_preset
from governance.policies.models import Policy as PolicyRow
from governance.policies.presets import PRESET_MEANS, PRESET_TITLES
from governance.policies.queries import history, open_models, policy_for, rules_of
from governance.policies.rules.base import Rule
from hub.api.bodies import Body
from hub.api.etags import require_match
from hub.api.operations import IF_MATCH, IF_NONE_MATCH, Answer, Sent, operation
from hub.api.shapes import shown


@extend_schema_field(OpenApiTypes.OBJECT)
class ParametersField(serializers.JSONField):
    """What a rule is set to."""


class RuleShape(serializers.Serializer[Any]):
    """One thing that is asked for."""

    id = serializers.CharField()
    title = serializers.CharField(help_text="A sentence that is true when the rule is met.")
    parameters = ParametersField(help_text="What the rule is set to.")


class PolicyVersionShape(serializers.Serializer[Any]):
    """A version of a policy that was in force."""

    version = serializers.IntegerField(source="number")
    preset = TitledField(PRESET_TITLES)
    changed_by = serializers.CharField(
        source="created_by.username", allow_null=True, default=None, help_text="Null: the hub."
    )
    changed_at = serializers.DateTimeField(source="created_at")


class PolicyShape(PolicyVersionShape):
    """The policy in force."""

    changed_at = serializers.DateTimeField(
        source="created_at", allow_null=True, help_text="Null: as the organisation began."
    )
    means = serializers.CharField(help_text="The preset in words.")
    rules = RuleShape(many=True)


class ReachShape(serializers.Serializer[Any]):
    """What asking for review would put under it."""

    open_models = serializers.IntegerField(help_text="Models that are not reviewed.")
    hidden_models = serializers.IntegerField(
        help_text="Of them, those without a released version: readers do not see them until their first."
    )


class PolicyBody(Body):
    """What to ask for from now on."""

    preset = serializers.ChoiceField(Preset.choices)
    reason = serializers.CharField(help_text="Everybody reads it beside the version.")


RULE_EXAMPLE: dict[str, Any] = {
    "id": "approvals",
    "title": "Somebody who did not make this change has approved it",
    "parameters": {"count": 1, "security": 0},
}
VERSION_EXAMPLE: dict[str, Any] = {
    "version": 2,
    "preset": {"code": "light", "word": "Light"},
    "changed_by": "ada",
    "changed_at": "2026-11-20T09:30:00Z",
}
POLICY_EXAMPLE: dict[str, Any] = VERSION_EXAMPLE | {
    "means": str(PRESET_MEANS[Preset.LIGHT]),
    "rules": [RULE_EXAMPLE],
}


def rule_facts(rules: list[Rule]) -> list[dict[str, Any]]:
    """The answers about some rules."""
    return [
        {"id": rule.id, "title": rule.title, "parameters": asdict(rule)}  # type: ignore[call-overload]  # every rule is a dataclass
        for rule in rules
    ]


def policy_facts(policy: PolicyRow) -> dict[str, Any]:
    """The answer about a policy in force."""
    return shown(
        PolicyShape,
        {
            "number": policy.number,
            "preset": policy.preset,
            "created_by": policy.created_by,
            "created_at": policy.created_at,
            "means": PRESET_MEANS[Preset(policy.preset)],
            "rules": rule_facts(rules_of(policy)),
        },
    )


class Policy(OfOrganization):
    """The policy in force."""

    open_to_strangers = ("GET",)
    spends = {"PATCH": "write"}

    @operation(
        name="policy_read",
        tag="Policies",
        purpose="Read the policy in force",
        details="What an organisation asks for before a change is merged; policies are public.",
        answer=Answer(PolicyShape, POLICY_EXAMPLE),
        places=ORGANIZATION,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, org: str) -> HttpResponseBase:
        """Preset and rules."""
        return self.one(policy_facts(policy_for(self.organization(org).namespace)))

    @operation(
        name="policy_change",
        tag="Policies",
        purpose="Change the policy",
        details=(
            "Makes a new version with the rules of a preset, and voids every decision on open changes. Needs the right "
            "`manage_policies`, and that nobody else holds it: where somebody does, it takes a draft. Asking for less "
            "needs an owner. `policy_reach_read` says which models it would reach."
        ),
        sent=Sent(PolicyBody, {"preset": "strict", "reason": "We publish for hospitals now."}),
        answer=Answer(PolicyShape, POLICY_EXAMPLE),
        places=ORGANIZATION,
        refusals=(403, 409),
        takes=(IF_MATCH,),
    )
    def patch(self, request: Request, org: str) -> HttpResponseBase:
        """The version that was compared is the one that is changed, or 409."""
        organization = self.organization(org)
        current = policy_for(organization.namespace)
        require_match(request, policy_facts(current))
        changed = change_preset(
            organization,
            **self.read(PolicyBody),
            actor=self.actor,
            expected_version=current.number,
        )
        return self.one(policy_facts(changed))


class PolicyReach(OfOrganization):
    """What asking for review would reach."""

    open_to_strangers = ()

    @operation(
        name="policy_reach_read",
        tag="Policies",
        purpose="Read which models a stricter policy would reach",
        details="Needs the right `manage_policies`.",
        answer=Answer(ReachShape, {"open_models": 3, "hidden_models": 1}),
        places=ORGANIZATION,
        refusals=(403,),
    )
    def get(self, request: Request, org: str) -> HttpResponseBase:
        """How many, and how many of them would be hidden at first."""
        found = open_models(self.organization(org), actor=self.actor)
        said = {"open_models": found.total, "hidden_models": found.unreleased}
        return self.one(shown(ReachShape, said))


class PolicyVersions(OfOrganization):
    """Every version that was in force."""

    open_to_strangers = ("GET",)

    @operation(
        name="policy_version_list",
        tag="Policies",
        purpose="List the versions of a policy",
        details="The newest first. A policy that nobody has decided under or changed yet has none.",
        answer=Answer(PolicyVersionShape, VERSION_EXAMPLE, is_list=True),
        places=ORGANIZATION,
        is_open=True,
    )
    def get(self, request: Request, org: str) -> Response:
        """The newest first."""
        rows = history(self.organization(org).namespace)
        return self.listed(rows, PolicyVersionShape, keys=("-number",))
