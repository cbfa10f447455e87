"""Shape and types of what people send about access to a model; rules live in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.authz.policy import (
    REPO_ROLE_RIGHTS,
    REPO_ROLE_TITLES,
    RIGHT_TITLES,
    RepoRole,
    Right,
)
from hub.ui.forms import ActionForm
from hub.ui.widgets import Choices
from models_catalog.repos.models import Repo


def _means(role: RepoRole) -> str:
    """What a role lets one do, as one line."""
    return " · ".join(
        str(RIGHT_TITLES[right]) for right in Right if right in REPO_ROLE_RIGHTS[role]
    )


class RoleForm(ActionForm):
    """Which role, and until when."""

    role = forms.ChoiceField(label=_("Role"), widget=Choices, initial=RepoRole.READER.value)
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("The role gives nothing from the next day on. Empty: until somebody ends it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, may_give_security: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        closed = _("Made and unmade by those who answer for the whole organisation.")
        field.widget = Choices(
            consequences={role.value: _means(role) for role in RepoRole},
            closed={} if may_give_security else {RepoRole.SECURITY_REVIEWER.value: closed},
        )
        field.choices = [(role.value, REPO_ROLE_TITLES[role]) for role in RepoRole]


class NewGrantForm(RoleForm):
    """Somebody who shall have a role."""

    kind = forms.ChoiceField(
        label=_("Who"),
        choices=[("person", _("A person or service account")), ("team", _("A team"))],
        widget=forms.RadioSelect,
        initial="person",
    )
    to = forms.CharField(
        label=_("Name"),
        max_length=96,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("kind", "to", "role", "expires_on")

    def __init__(self, *args: Any, repo: Repo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not repo.namespace.is_organization:  # teams are of organisations
            self.fields["kind"].widget = forms.HiddenInput()


class PersonForm(ActionForm):
    """Whose rights are to be explained."""

    person = forms.CharField(
        label=_("Name of a person"),
        max_length=96,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
