"""What people enter about service accounts; rules live in the actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.authz.policy import ROBOT_ROLES, ROLE_TITLES, Role
from accounts.web.team_forms import PLAIN
from accounts.web.words import ROLE_MEANS, SCOPE_TITLES
from hub.ui.forms import ActionForm
from hub.ui.widgets import Choices

SCOPE_MEANS = {
    "read": _("Download what the account can see. Enough for most programs."),
    "write": _("Also upload files, propose changes and, with the right role, add models."),
    "admin": _("Everything that its roles and grants allow, settings of models too."),
}

MEANS_FOR_ROBOTS = {
    Role.MAINTAINER.value: _("Adds models and changes their settings; it reviews nothing.")
}


class RobotForm(ActionForm):
    """What a service account is for, who answers for it, and which roles it holds."""

    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=500,
        help_text=_(
            "So that others know years from now, such as “uploads what is trained at night”."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    responsible = forms.CharField(
        label=_("Who answers for it"),
        max_length=96,
        help_text=_("The name of a member. They do not count as reviewers of what it pushes."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        help_text=_("Choose none if it should only get what is granted to it on single models."),
        choices=[
            (role.value, f"{ROLE_TITLES[role]}: {(ROLE_MEANS | MEANS_FOR_ROBOTS)[role.value]}")
            for role in ROBOT_ROLES
        ],
        widget=forms.CheckboxSelectMultiple,
    )


class NewRobotForm(RobotForm):
    """A new service account, with the second part of its name."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN),
    )
    field_order = ("name", "purpose", "responsible", "roles")

    def __init__(self, *args: Any, organization: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _(
            "The name of the organisation stands before it: “ci” becomes “%(org)s-ci”. It stays as it is."
        ) % {"org": organization}


class _Proven(ActionForm):
    """A form that asks for the password when the sign-in is not fresh."""

    password = forms.CharField(
        label=_("Your password"),
        help_text=_("You signed in a while ago, and a token outlives your visit."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, asks_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"]


class RobotTokenForm(_Proven):
    """A token for a service account."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("The program or machine that will use it, such as “nightly build”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label=_("What it may do"),
        choices=list(SCOPE_TITLES.items()),
        widget=Choices(consequences=SCOPE_MEANS),
        initial="write",
    )
    days = forms.TypedChoiceField(
        label=_("Stops working"),
        choices=[
            (7, _("After 7 days")),
            (30, _("After 30 days")),
            (90, _("After 90 days")),
            (365, _("After a year")),
        ],
        coerce=int,
        initial=90,
    )
    models = forms.CharField(
        label=_("Only for these models"),
        required=False,
        max_length=10_000,
        help_text=_(
            "One on each line, such as “savanna/karibu”. A token for one model cannot add others."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("name", "scope", "days", "models", "password")

    @property
    def expires_at(self) -> datetime:
        """The end of the token's life."""
        return timezone.now() + timedelta(days=self.cleaned_data["days"])

    @property
    def named(self) -> list[str]:
        """The models that the token is limited to, as they were written; each once."""
        return list(dict.fromkeys(self.cleaned_data["models"].split()))


class RotateForm(_Proven):
    """How long the old token goes on."""

    hours = forms.TypedChoiceField(
        label=_("The old token"),
        choices=[
            (0, _("Stops at once")),
            (1, _("Stops in an hour")),
            (24, _("Stops in a day")),
            (168, _("Stops in a week")),
        ],
        coerce=int,
        initial=0,
        widget=Choices(
            consequences={
                "0": _("Right when somebody may have seen it."),
                "1": _("Time to put the new one in its place by hand."),
                "24": _("Time for a release to bring the new one."),
                "168": _("Time for machines that are rarely on."),
            }
        ),
    )
    field_order = ("hours", "password")


class DisableForm(ActionForm):
    """Why a service account is to stop."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        help_text=_("The audit log keeps it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
