"""Shape and types of what people send; rules live in the actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.authz.policy import ROLE_TITLES, Right, Role
from accounts.namespaces.models import Namespace, Visibility
from accounts.tokens.queries import namespaces_to_limit_to
from accounts.users.models import User
from accounts.web.words import PRESET_MEANS, PRESET_TITLES, ROLE_MEANS, SCOPE_MEANS, SCOPE_TITLES
from hub.ui.forms import ActionForm
from hub.ui.widgets import Checks, Choices

OWNERS_GIVE = _("Only owners give this role.")


class OrganizationForm(ActionForm):
    """A new organisation."""

    name = forms.CharField(
        label=_("Name"),
        max_length=96,
        help_text=_(
            "Part of the address of its models. Letters, digits, “-”, “_” and “.”; it cannot be changed later."
        ),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )
    display_name = forms.CharField(label=_("Full name"), max_length=120, required=False)
    description = forms.CharField(
        label=_("What it is for"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    preset = forms.ChoiceField(
        label=_("How models become public"),
        help_text=_("It can be changed and made stricter later."),
        choices=list(PRESET_TITLES.items()),
        widget=Choices(consequences=PRESET_MEANS),
        initial=settings.DEFAULT_ORGANIZATION_PRESET,
    )


class DescriptionForm(ActionForm):
    """What an organisation says of itself."""

    display_name = forms.CharField(label=_("Full name"), max_length=120)
    description = forms.CharField(
        label=_("What it is for"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact = forms.EmailField(
        label=_("Contact"), required=False, help_text=_("An email address that everybody can see.")
    )


class DefaultsForm(ActionForm):
    """What new models of an organisation begin with, and who may add them."""

    default_visibility = forms.ChoiceField(
        label=_("Who sees a new model"),
        help_text=_("Whoever adds it can choose otherwise. Review comes on top of it."),
        choices=[
            (Visibility.PUBLIC.value, _("Everybody")),
            (Visibility.INTERNAL.value, _("People who are signed in")),
            (Visibility.PRIVATE.value, _("Members only")),
        ],
        widget=Choices(),
    )
    who_creates = forms.ChoiceField(
        label=_("Who may add models"),
        choices=[
            (Role.CONTRIBUTOR.value, _("Contributors and those above")),
            (Role.MAINTAINER.value, _("Maintainers and those above")),
            (Role.ADMIN.value, _("Admins and owners")),
        ],
        widget=Choices(),
    )


class InvitationForm(ActionForm):
    """An offer of a role to somebody."""

    username = forms.CharField(
        label=_("Name"),
        max_length=96,
        help_text=_("The name under which they signed up."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, ROLE_TITLES[role]) for role in Role],
        widget=Choices(consequences=ROLE_MEANS),
        initial=Role.CONTRIBUTOR.value,
    )

    def __init__(self, *args: Any, rights: frozenset[Right], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["role"].widget
        if Right.SETTINGS not in rights and isinstance(widget, Choices):
            widget.closed = {
                role.value: OWNERS_GIVE for role in (Role.OWNER, Role.SECURITY_REVIEWER)
            }


class RolesForm(ActionForm):
    """The roles that a member holds."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        error_messages={
            "required": _("Choose at least one role, or remove the person from the organisation.")
        },
        choices=[(role.value, ROLE_TITLES[role]) for role in Role],
        widget=Checks(consequences=ROLE_MEANS),
    )


class ProfileForm(ActionForm):
    """What pages call somebody."""

    display_name = forms.CharField(
        label=_("Name to show"),
        max_length=120,
        required=False,
        help_text=_("Stands beside what you publish and decide. Empty: your account’s name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class TokenForm(ActionForm):
    """A new access token; asks for the password when the sign-in is not fresh."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("The program or machine that will use it, such as “training server”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label=_("What it may do"),
        choices=list(SCOPE_TITLES.items()),
        widget=Choices(consequences=SCOPE_MEANS),
        initial="read",
    )
    days = forms.TypedChoiceField(
        label=_("Stops working"),
        choices=[
            (7, _("After 7 days")),
            (30, _("After 30 days")),
            (90, _("After 90 days")),
            (365, _("After a year")),
            (0, _("Never, until it is revoked")),
        ],
        coerce=int,
        initial=90,
    )
    namespaces = forms.MultipleChoiceField(
        label=_("Only for the models of"),
        required=False,
        help_text=_(
            "Choose none to let it count everywhere. What is public can be read in any case."
        ),
        widget=forms.CheckboxSelectMultiple,
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
    password = forms.CharField(
        label=_("Your password"),
        help_text=_("You signed in a while ago, and a token outlives your visit."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, asks_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._namespaces = {str(each.pk): each for each in namespaces_to_limit_to(user)}
        field = self.fields["namespaces"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(key, each.name) for key, each in self._namespaces.items()]
        if not asks_password:
            del self.fields["password"]

    @property
    def expires_at(self) -> datetime | None:
        """The end of the token's life; ``None`` when it has none."""
        days: int = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) if days else None

    @property
    def chosen(self) -> list[Namespace]:
        """The namespaces that the token is limited to."""
        return [self._namespaces[key] for key in self.cleaned_data["namespaces"]]

    @property
    def named(self) -> list[str]:
        """The models that the token is limited to, as they were written; each once."""
        return list(dict.fromkeys(self.cleaned_data["models"].split()))
