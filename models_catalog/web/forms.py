"""Shape and types of what people send; rules live in the actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.actor import Actor
from hub.ui.forms import ActionForm
from models_catalog.repos.models import Gating, Repo, Visibility
from models_catalog.repos.queries import successor_named


class ReleaseForm(ActionForm):
    """A version of an open repo."""

    label = forms.CharField(
        label=_("Version"), required=False, help_text=_("Such as 1.2.0. Empty: v and its number.")
    )
    notes = forms.CharField(
        label=_("What is new"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SettingsForm(ActionForm):
    """Who sees a model and what they accept first."""

    visibility = forms.ChoiceField(
        label=_("Who can see it"),
        widget=forms.RadioSelect,
        choices=[
            (Visibility.PUBLIC, _("Everybody")),
            (Visibility.INTERNAL, _("People who are signed in")),
            (Visibility.PRIVATE, _("Members of the organisation and people it was granted to")),
        ],
    )
    gating = forms.ChoiceField(
        label=_("Before the first download"),
        widget=forms.RadioSelect,
        choices=[
            (Gating.NONE, _("Nothing to accept")),
            (Gating.TERMS, _("Readers accept these terms")),
        ],
    )
    gating_terms = forms.CharField(
        label=_("Terms"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("When they change, everybody is asked again."),
    )


class WithdrawForm(ActionForm):
    """Why a model is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Readers see it in place of the model."),
    )
    use_instead = forms.CharField(
        label=_("Use instead"),
        required=False,
        help_text=_("Such as organisation/model. May stay empty."),
    )

    def successor(self, actor: Actor) -> Repo | None:
        """The model named under “use instead”. Raises ``Invalid`` when there is none of that name."""
        name = self.cleaned_data["use_instead"]
        return successor_named(name, field="use_instead", actor=actor)
