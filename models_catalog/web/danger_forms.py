"""Shape and types of what moves, ends or hides a model; rules live in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.namespaces.queries import get_namespace
from hub.core.actor import Actor
from hub.ui.forms import ActionForm
from models_catalog.lifecycle.reasons import MAX_REASON
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import namespaces_to_create_in
from models_catalog.web.forms import WithdrawForm


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("People read it in place of what they look for."),
    )


class RenameForm(ActionForm):
    """Another name."""

    name = forms.CharField(label=gettext_lazy("New name"), max_length=96)


class TransferForm(ActionForm):
    """Another owner: one of those where the actor may add models."""

    namespace = forms.ChoiceField(label=gettext_lazy("New owner"))
    name = forms.CharField(
        label=gettext_lazy("Name there"),
        max_length=96,
        required=False,
        help_text=gettext_lazy("Empty: the name it has."),
    )

    def __init__(self, *args: Any, repo: Repo, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [n.name for n in namespaces_to_create_in(actor=actor) if n != repo.namespace]
        self.has_choices = bool(others)
        self.fields["namespace"] = forms.ChoiceField(
            label=_("New owner"), choices=[(each, each) for each in others]
        )

    def target(self) -> Any:
        """The namespace that was chosen."""
        return get_namespace(self.cleaned_data["namespace"])


class DeprecateForm(WithdrawForm):
    """Why nobody should begin using a model, and what to use instead."""


class ReasonForm(ActionForm):
    """Why something is done."""

    reason = _reason()


class TakeBackForm(ReasonForm):
    """Why a version is taken back. ``though_needed`` is asked when something relies on it."""

    though_needed = forms.BooleanField(
        label=gettext_lazy("I know what relies on it, and take it back all the same"),
        required=False,
    )


class TypedForm(ReasonForm):
    """A reason, and the full name typed out: what goes away must be what was meant."""

    confirm = forms.CharField(label=gettext_lazy("Type the full name of the model to confirm"))

    def __init__(self, *args: Any, full_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.full_name = full_name
        self.fields["confirm"].help_text = full_name

    def clean_confirm(self) -> str:
        """Refuse any other name."""
        typed = str(self.cleaned_data["confirm"]).strip()
        if typed != self.full_name:
            raise forms.ValidationError(
                _("Type exactly “%(name)s”."), params={"name": self.full_name}
            )
        return typed


class RecallForm(ReasonForm):
    """Which bytes are recalled, and why."""

    sha256 = forms.CharField(label="SHA-256", max_length=71)
    field_order = ("sha256", "reason")
