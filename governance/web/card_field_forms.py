"""The fields that an organisation adds to cards, as a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from governance.policies.rules.own_fields import OwnField
from hub.ui.forms import ActionForm

MAX_TEXT = 300  # as cards keep
PREFIX = "field"  # names of fields are the organisation's, and must not meet those of the page


class CardFieldsForm(ActionForm):
    """One input for each field, of its type; ``values`` is what the card says so far."""

    def __init__(
        self,
        described: Sequence[OwnField],
        data: QueryDict | None = None,
        *,
        values: Mapping[str, Any],
    ) -> None:
        super().__init__(data, prefix=PREFIX, auto_id="%s")
        self.described = described
        for field in described:
            made = _MADE[field.type](field)
            made.label, made.help_text = field.label, field.help
            made.required = made.widget.is_required = field.is_required
            self.fields[field.name] = made
            self.initial[field.name] = _shown(field, values.get(field.name))

    def clean(self) -> dict[str, Any]:
        """What the check of the card would refuse, the form refuses in the same words."""
        given: dict[str, Any] = self.cleaned_data
        for field in self.described:
            value = _kept(field, given.get(field.name))
            if value is not None and field.name in given and (wrong := field.problem(value)):
                self.add_error(field.name, _("This %(wrong)s.") % {"wrong": wrong})
        return given

    def card_values(self) -> dict[str, Any]:
        """The values as the head of a card holds them, ``None`` for what was left empty; ask ``is_valid`` first."""
        return {f.name: _kept(f, self.cleaned_data[f.name]) for f in self.described}


def _kept(field: OwnField, value: Any) -> Any:
    if value in (None, ""):
        return None
    if field.type == "yes_no":
        return value == "yes"
    if field.type == "number":
        return int(value) if float(value).is_integer() else float(value)
    return str(value)


def _shown(field: OwnField, value: Any) -> Any:
    if field.type == "yes_no" and isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or isinstance(value, list) else value


def _select(options: Sequence[tuple[str, Any]]) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Choose…")), *options])


_MADE: Mapping[str, Callable[[OwnField], forms.Field]] = {
    "text": lambda _field: forms.CharField(max_length=MAX_TEXT),
    "number": lambda _field: forms.FloatField(
        widget=forms.NumberInput(attrs={"step": "any", "class": "auto"})
    ),
    "date": lambda _field: forms.DateField(
        widget=forms.DateInput(attrs={"type": "date", "class": "auto"}, format="%Y-%m-%d")
    ),
    "choice": lambda field: _select([(each, each) for each in field.choices]),
    "yes_no": lambda _field: _select([("yes", _("Yes")), ("no", _("No"))]),
    "link": lambda _field: forms.URLField(max_length=MAX_TEXT, assume_scheme="https"),
    "email": lambda _field: forms.EmailField(max_length=254),
}
