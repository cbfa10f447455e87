from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from governance.policies.catalogue import RULES_BY_ID
from governance.policies.outcomes import Outcome
from governance.policies.presets import PRESET_RULES
from governance.policies.rules.base import Rule
from governance.policies.rules.parameters import Kind, Parameter
from governance.web.rule_forms import RuleForm, RuleForms
from hub.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Sample(Rule):
    """A rule with every kind of parameter."""

    size: int | None = None
    words: tuple[str, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()
    id: ClassVar[str] = "sample"
    name: ClassVar = "Sample"
    parameters: ClassVar = (
        Parameter(name="size", kind=Kind.SIZE, label="Size", is_optional=True, minimum=1),
        Parameter(name="words", kind=Kind.WORDS, label="Words", is_optional=True),
        Parameter(
            name="rows",
            kind=Kind.ROWS,
            label="Rows",
            is_optional=True,
            most=3,
            key=("name",),
            columns=(
                Parameter(name="name", kind=Kind.TEXT, label="Name"),
                Parameter(name="least", kind=Kind.DECIMAL, label="At least", is_optional=True),
                Parameter(name="must", kind=Kind.YES, label="Must", default=False),
            ),
        ),
    )

    @property
    def title(self):
        return "Sample"

    def evaluate(self, facts):
        return self.says(Outcome.PASS, "")


def sent(form: RuleForm) -> dict[str, Any]:
    """What a browser sends for a form that nobody touched."""
    data = {}
    for bound in form:
        value = bound.value()
        if value is True:
            data[bound.html_name] = "on"
        elif value is not None and value is not False:
            data[bound.html_name] = value
    return data


def filled(form: RuleForm) -> Sample:
    rule = form.rule()
    assert isinstance(rule, Sample)
    return rule


@pytest.mark.parametrize("preset", PRESET_RULES)
def test_a_policy_comes_back_from_its_form_as_it_was(preset):
    stored = PRESET_RULES[preset]
    data: dict[str, Any] = {}
    for form in RuleForms(stored=stored).forms:
        data |= sent(form)

    forms = RuleForms(data)

    assert forms.is_valid(), forms.wrong
    assert forms.stored().keys() == stored.keys()
    for name, values in forms.stored().items():
        assert RULES_BY_ID[name].of(values) == RULES_BY_ID[name].of(stored[name])


def test_every_kind_of_parameter_comes_back_as_it_was():
    rule = Sample(
        size=5_000_000_000,
        words=("one", "two words"),
        rows=(
            {"name": "f1", "least": 0.5, "must": True},
            {"name": "wer", "least": None, "must": False},
        ),
    )
    form = RuleForm(Sample, rule=rule)

    again = RuleForm(Sample, sent(form))

    assert form["size"].value() == "5 GB"
    assert again.is_valid(), again.errors
    assert again.rule() == rule


@pytest.mark.parametrize(
    ("text", "size"),
    [("5 GB", 5 * 10**9), ("1.5 MB", 1_500_000), ("1,25kb", 1250), ("4096", 4096), ("", None)],
)
def test_sizes_are_written_as_people_write_them(text, size):
    form = RuleForm(Sample, {"rule-sample-in_force": "on", "rule-sample-size": text})

    assert form.is_valid(), form.errors
    assert filled(form).size == size


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"size": "a lot"}, "size"),
        ({"size": "5 miles"}, "size"),
        ({"size": "0"}, "size"),
        ({"words": "x" * 300}, "words"),
        ({"rows-0-name": "", "rows-0-least": "1"}, "rows-0-name"),
        ({"rows-0-name": "f1", "rows-0-least": "much"}, "rows-0-least"),
        ({"rows-0-name": "f1", "rows-1-name": "f1"}, "rows-0-name"),
    ],
)
def test_a_refused_value_is_told_beside_its_field_and_kept(values, field):
    data = {f"rule-sample-{name}": value for name, value in values.items()}

    form = RuleForm(Sample, data | {"rule-sample-in_force": "on"})

    assert not form.is_valid()
    assert list(form.errors) == [field]
    for name, value in values.items():
        assert form[name].value() == value


def test_an_emptied_row_is_taken_out_and_the_last_rows_add_more():
    form = RuleForm(Sample, rule=Sample(rows=({"name": "f1", "least": 1.0, "must": True},)))
    data = sent(form) | {
        "rule-sample-rows-0-name": "",
        "rule-sample-rows-0-least": "",
        "rule-sample-rows-2-name": "wer",
    }

    again = RuleForm(Sample, data)

    assert again.is_valid(), again.errors
    assert [row["name"] for row in filled(again).rows] == ["wer"]


def test_a_rule_that_is_not_chosen_may_hold_anything_and_is_not_stored():
    forms = RuleForms({"rule-approvals-count": "many"})

    assert forms.is_valid()
    assert forms.stored() == {}


def test_what_an_action_refuses_finds_its_field():
    forms = RuleForms(
        {
            "rule-approvals-in_force": "on",
            "rule-approvals-count": "1",
            "rule-approvals-security": "0",
        }
    )
    assert forms.is_valid()

    assert forms.show(Invalid("Too few.", field="approvals.count"))
    assert not forms.show(Invalid("Elsewhere.", field="name"))

    [(_name, fields)] = forms.wrong
    assert [field.name for field in fields] == ["count"]


def test_more_rows_than_a_rule_takes_are_not_read():
    data = {f"rule-sample-rows-{n}-name": f"m{n}" for n in range(100)}

    form = RuleForm(Sample, data | {"rule-sample-in_force": "on"})

    assert not form.is_valid()
    assert len(form.fields) < 25
