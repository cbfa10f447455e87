"""Shapes of drafts, of what they would do, and of how an organisation governs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.namespaces.models import Preset
from governance.policies.diffs import Sign
from governance.policies.models import DraftState, Layer
from governance.policies.outcomes import Outcome
from governance.policies.places import place_of
from governance.simulations.models import SimulationState
from hub.api.bodies import Body

DIGEST = "9b1cfb9d0c7f6a0f5f6c1f5e4f3a2b1c0d9e8f709b1cfb9d0c7f6a0f5f6c1f5e"


@extend_schema_field(OpenApiTypes.OBJECT)
class RulesField(serializers.JSONField):
    """Rules by their ids, each with its parameters by name."""


class PolicyDifferenceShape(serializers.Serializer[Any]):
    """One rule that comes, goes or is set to something else."""

    rule = serializers.CharField()
    name = serializers.CharField()
    change = serializers.ChoiceField([sign.value for sign in Sign], source="sign")
    lines = serializers.ListField(child=serializers.CharField(), help_text="How, in words.")


class DraftShape(serializers.Serializer[Any]):
    """What somebody would have a place ask for."""

    number = serializers.IntegerField()
    layer = serializers.ChoiceField(Layer.choices)
    of = serializers.SerializerMethodField(
        help_text="Whose policy: hub, organisation, team or model."
    )
    state = serializers.ChoiceField(DraftState.choices)
    preset = serializers.ChoiceField(
        [*Preset.choices, ("", "")], help_text="Only of an organisation’s own policy."
    )
    rules = RulesField()
    note = serializers.CharField()
    base = serializers.IntegerField(
        source="base_number",
        help_text="The version that it stands on; 0 where nothing is asked for yet.",
    )
    digest = serializers.CharField(help_text="Names exactly these rules on exactly that version.")
    made_by = serializers.CharField(source="made_by.username")
    decided_by = serializers.CharField(source="decided_by.username", default=None, allow_null=True)
    reason = serializers.CharField(help_text="Of whoever decided; may be empty.")
    changed_at = serializers.DateTimeField()

    def get_of(self, draft: Any) -> str:
        """The name of the place."""
        return place_of(draft).label


class DraftBody(Body):
    """A draft, new or written anew."""

    team = serializers.CharField(required=False, help_text="For what a team was given.")
    model = serializers.CharField(required=False, help_text="For one model, by its name.")
    preset = serializers.ChoiceField(Preset.choices, required=False)
    rules = RulesField()
    note = serializers.CharField(help_text="Why; everybody reads it beside the version.")


class RewrittenBody(Body):
    """A draft, written anew."""

    preset = serializers.ChoiceField(Preset.choices, required=False)
    rules = RulesField()
    note = serializers.CharField()


class DecidedBody(Body):
    """What is decided about a draft."""

    digest = serializers.CharField(
        help_text="Of the draft as you read it: 409 when it is another one by now."
    )
    reason = serializers.CharField(required=False, allow_blank=True)


class ReasonBody(Body):
    """Why."""

    reason = serializers.CharField()


class SimulationShape(serializers.Serializer[Any]):
    """What a draft would do, in numbers of models."""

    state = serializers.ChoiceField(SimulationState.choices)
    digest = serializers.CharField(help_text="Of the draft that was tried.")
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    counts = RulesField(
        help_text="`stopped` from now on, `freed`, and how models end before and after, together and rule by rule."
    )
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class SimulatedShape(serializers.Serializer[Any]):
    """What would become of one model."""

    model = serializers.CharField(source="repo.full_name")
    before = serializers.ChoiceField([each.value for each in Outcome])
    after = serializers.ChoiceField([each.value for each in Outcome])
    rules = RulesField(
        help_text="Before, after and the reason, for each rule that does not pass or ends otherwise."
    )


class SpanShape(serializers.Serializer[Any]):
    """What was decided in some days."""

    days = serializers.IntegerField()
    decided = serializers.IntegerField()
    median_seconds = serializers.FloatField(allow_null=True)


class ReviewingRoleShape(serializers.Serializer[Any]):
    """How many people may decide by one role."""

    role = serializers.CharField()
    people = serializers.IntegerField()


class WithdrawnModelShape(serializers.Serializer[Any]):
    """A model that was taken back."""

    model = serializers.CharField(source="full_name")
    at = serializers.DateTimeField(source="withdrawn_at")
    reason = serializers.CharField(source="withdrawn_reason")
    successor = serializers.CharField(allow_null=True)


class GovernanceShape(serializers.Serializer[Any]):
    """How an organisation governs, as far as you may know of its models."""

    preset = serializers.ChoiceField(Preset.choices)
    version = serializers.IntegerField(help_text="Of the policy.")
    rules_digest = serializers.CharField(help_text="SHA-256 over the rules in force.")
    rules = RulesField()
    roles = ReviewingRoleShape(many=True)
    spans = SpanShape(many=True)
    waivers = RulesField(help_text="How many are in force, by rule.")
    withdrawals = WithdrawnModelShape(many=True, help_text="The newest twenty.")


RULES_EXAMPLE: dict[str, Any] = {
    "approvals": {"count": 2, "security": 1},
    "verdicts": {"accepted": ["safe"]},
    "up_to_date": {},
}
DRAFT_EXAMPLE: dict[str, Any] = {
    "number": 3,
    "layer": "namespace",
    "of": "savanna",
    "state": "draft",
    "preset": "light",
    "rules": RULES_EXAMPLE,
    "note": "We publish for hospitals now.",
    "base": 2,
    "digest": DIGEST,
    "made_by": "ada",
    "decided_by": None,
    "reason": "",
    "changed_at": "2026-11-20T09:30:00Z",
}
SIMULATION_EXAMPLE: dict[str, Any] = {
    "state": "done",
    "digest": DIGEST,
    "total": 34,
    "done": 34,
    "counts": {
        "stopped": 2,
        "freed": 0,
        "models": {"before": {"pass": 34}, "after": {"pass": 32, "fail": 2}},
        "rules": {"licence_present": {"before": {}, "after": {"pass": 32, "fail": 2}}},
    },
    "started_at": "2026-11-20T09:30:00Z",
    "finished_at": "2026-11-20T09:30:02Z",
}
SIMULATED_EXAMPLE: dict[str, Any] = {
    "model": "savanna/minilm",
    "before": "pass",
    "after": "fail",
    "rules": {
        "licence_present": [None, "fail", "Name a licence in the head of README.md (license: …)."]
    },
}
DIFFERENCE_EXAMPLE: dict[str, Any] = {
    "rule": "approvals",
    "name": "Approvals",
    "change": "changed",
    "lines": ["Approvals: 1 → 2"],
}
GOVERNANCE_EXAMPLE: dict[str, Any] = {
    "preset": "light",
    "version": 2,
    "rules_digest": DIGEST,
    "rules": RULES_EXAMPLE,
    "roles": [{"role": "reviewer", "people": 3}],
    "spans": [{"days": 30, "decided": 12, "median_seconds": 86_400.0}],
    "waivers": {"verdicts": 1},
    "withdrawals": [
        {
            "model": "savanna/leafscan",
            "at": "2026-11-20T09:30:00Z",
            "reason": "It was trained on names of patients.",
            "successor": "savanna/leafscan-2",
        }
    ],
}
