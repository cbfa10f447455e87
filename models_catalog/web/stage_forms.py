"""Shape and types of what people send about stages and aliases; rules live in the actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.ui.forms import ActionForm
from models_catalog.stages.models import Stage

REASON = _("Only where a review is needed: those who review it read this.")


class MoveForm(ActionForm):
    """Where a version is to stand; ``expected`` is what the person saw in each exclusive stage."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=REASON,
    )

    def __init__(self, *args: object, stages: Sequence[Stage] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("None")), *((each.name, each.title) for each in stages)]


class AliasForm(ActionForm):
    """A name for a version."""

    alias = forms.CharField(
        label=_("Alias"), max_length=40, help_text=_("Small letters and digits, such as champion.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=REASON,
    )


class SeenForm(ActionForm):
    """What stood there when the page was opened, and why it should be otherwise."""

    name = forms.CharField(max_length=40)
    expected = forms.IntegerField(required=False, min_value=0)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=REASON,
    )


class MomentForm(ActionForm):
    """A day and a time; without one it is now."""

    name = forms.CharField(label=_("Stage or alias"), max_length=40)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    time = forms.TimeField(
        label=_("Time (UTC)"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )

    zone = UTC


class StageForm(ActionForm):
    """A stage of an organisation."""

    name = forms.CharField(
        label=_("Name for programs"),
        max_length=40,
        help_text=_("Small letters and digits, such as shadow. It stays as it is."),
    )
    title = forms.CharField(label=_("Title"), max_length=60, required=False)
    is_protected = forms.BooleanField(
        label=_("Protected: versions of reviewed models come here, or leave, by a review only"),
        required=False,
    )
    is_exclusive = forms.BooleanField(
        label=_("Each model has one version here at most. Settled for good."), required=False
    )


class ProtectForm(ActionForm):
    """An alias to protect."""

    alias = forms.CharField(
        label=_("Alias"), max_length=40, help_text=_("Such as champion, in every model.")
    )
