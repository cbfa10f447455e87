"""What people fill in about drafts; rules live in the actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.namespaces.models import Preset
from governance.policies.presets import PRESET_MEANS, PRESET_TITLES
from governance.web.review_forms import PlacedForm
from hub.ui.widgets import Choices


class DraftForm(PlacedForm):
    """What a draft is for; its rules have forms of their own. ``expected`` is the digest that was shown."""

    place = "draft"
    expected = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    preset = forms.ChoiceField(
        label=_("Preset"),
        choices=[(preset.value, PRESET_TITLES[preset]) for preset in Preset],
        widget=Choices(consequences={p.value: PRESET_MEANS[p] for p in Preset}),
    )
    note = forms.CharField(
        label=_("Why"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it beside the version."),
    )


class DraftActForm(PlacedForm):
    """A button about a draft as its page showed it."""

    place = "act"
    expected = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
