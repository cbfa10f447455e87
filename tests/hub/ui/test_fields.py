from __future__ import annotations

from django import forms
from django.template import Context, Template

from hub.ui.widgets import Choices

FIELD = Template("{% field form.decision %}")


class DecisionForm(forms.Form):
    reason = forms.CharField(help_text="Public, and kept.")
    decision = forms.ChoiceField(
        choices=[("approve", "Approve"), ("comment", "Comment only")],
        widget=Choices(
            consequences={"comment": "Does not count."}, closed={"approve": "A check failed."}
        ),
    )


def drawn(tag: str, form: forms.Form) -> str:
    return Template(tag).render(Context({"form": form}))


def test_the_hint_belongs_to_the_control() -> None:
    markup = drawn("{% field form.reason %}", DecisionForm())

    assert 'aria-describedby="id_reason-hint"' in markup
    assert 'id="id_reason-hint"' in markup


def test_a_refused_field_says_so_and_points_to_its_error() -> None:
    markup = drawn("{% field form.reason %}", DecisionForm({}))

    assert 'aria-invalid="true"' in markup
    assert 'aria-describedby="id_reason-hint id_reason-error"' in markup
    assert '<span class="err" id="id_reason-error">This field is required.</span>' in markup


def test_attributes_reach_the_control() -> None:
    assert 'autocomplete="off"' in drawn(
        '{% field form.reason autocomplete="off" %}', DecisionForm()
    )


def test_what_was_typed_is_escaped() -> None:
    assert "<script>" not in drawn("{% field form.reason %}", DecisionForm({"reason": "<script>"}))


def test_a_choice_states_its_consequence_and_a_closed_one_its_reason() -> None:
    markup = drawn("{% field form.decision %}", DecisionForm())

    assert "Does not count." in markup
    assert "A check failed." in markup
    assert markup.count("disabled") == 1


def test_the_chosen_value_stays_chosen() -> None:
    assert 'value="comment" checked' in drawn(
        "{% field form.decision %}", DecisionForm({"decision": "comment"})
    )


def test_the_summary_links_to_every_refused_field() -> None:
    markup = drawn("{% form_errors form %}", DecisionForm({}))

    assert 'role="alert"' in markup
    assert 'href="#id_reason"' in markup
    assert "2 fields need your attention." in markup


def test_a_fresh_form_has_no_summary() -> None:
    assert drawn("{% form_errors form %}", DecisionForm()).strip() == ""
