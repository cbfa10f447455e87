from __future__ import annotations

import json
from dataclasses import fields

import pytest

from governance.policies.catalogue import RULES_BY_ID, rule_from
from governance.policies.presets import PRESET_RULES
from governance.policies.rules import ALWAYS
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.cards import CardFields
from governance.policies.rules.verdicts import Verdicts
from hub.core.errors import Invalid

EVERY = [rule() for rule in RULES_BY_ID.values()]


@pytest.mark.parametrize("rule", [*EVERY, *ALWAYS], ids=lambda rule: rule.id)
def test_every_field_of_a_rule_is_described_as_a_parameter(rule):
    assert [p.name for p in rule.parameters] == [field.name for field in fields(rule)]
    assert str(rule.name)


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_two_layers_that_ask_for_the_same_ask_for_just_that(rule):
    assert rule.tightened(rule) == rule


@pytest.mark.parametrize("preset", PRESET_RULES)
def test_what_is_stored_of_a_rule_makes_the_same_rule(preset):
    for rule_id, parameters in PRESET_RULES[preset].items():
        rule = rule_from(rule_id, parameters)

        assert rule_from(rule_id, json.loads(json.dumps(rule.stored()))) == rule


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Approvals(count=1), Approvals(count=2), Approvals(count=2)),
        (Approvals(count=3), Approvals(count=1, security=1), Approvals(count=3, security=1)),
        (
            Verdicts(accepted=("safe", "suspicious")),
            Verdicts(accepted=("safe", "unscannable")),
            Verdicts(accepted=("safe",)),
        ),
        (
            CardFields(fields=("title",)),
            CardFields(fields=("license",), sections=("limitations",)),
            CardFields(fields=("title", "license"), sections=("limitations",)),
        ),
    ],
)
def test_of_two_layers_the_stricter_value_counts(one, other, expected):
    assert one.tightened(other) == expected


@pytest.mark.parametrize(
    ("rule_id", "parameters", "field"),
    [
        ("moon_phase", {}, "moon_phase"),
        ("approvals", {"people": 2}, "approvals.people"),
        ("approvals", {"count": "2"}, "approvals.count"),
        ("approvals", {"count": True}, "approvals.count"),
        ("approvals", {"count": -1}, "approvals.count"),
        ("approvals", {"count": 1000}, "approvals.count"),
        ("verdicts", {"accepted": ["dangerous"]}, "verdicts.accepted"),
        ("verdicts", {"accepted": "safe"}, "verdicts.accepted"),
        ("verdicts", {"accepted": [["safe"]]}, "verdicts.accepted"),
        ("card_fields", {"fields": ["shoe_size"]}, "card_fields.fields"),
        ("approvals", ["count"], "approvals"),
    ],
)
def test_a_value_that_a_rule_cannot_take_is_refused_by_the_name_of_its_field(
    rule_id, parameters, field
):
    with pytest.raises(Invalid) as refused:
        rule_from(rule_id, parameters)

    assert refused.value.field == field
