"""What people enter about teams; rules live in the actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.ui.forms import ActionForm

PLAIN = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}


class TeamForm(ActionForm):
    """What a team is called and what it is for."""

    name = forms.CharField(
        label=_("Name"),
        max_length=96,
        help_text=_("Letters, digits, “-”, “_” and “.”, such as “field-station”."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    description = forms.CharField(
        label=_("What it is for"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TeamMemberForm(ActionForm):
    """Who is to belong to a team."""

    username = forms.CharField(
        label=_("Add somebody"),
        max_length=96,
        help_text=_("The name of a member, or of a service account of the organisation."),
        widget=forms.TextInput(attrs=PLAIN),
    )
