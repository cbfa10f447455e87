"""Form fields for what a rule can be set to, made from its parameters; what a value may be, the parameter itself says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.policies.rules.parameters import Kind, Parameter

UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_SIZE = re.compile(r"(\d{1,15})(?:[.,](\d{1,3}))?\s*([kmgt]?b?)", re.I | re.A)


class SizeField(forms.Field):
    """A number of bytes as people write it: ``5 GB``, ``1.5 MB``, ``4096``."""

    def to_python(self, value: object) -> Any:
        """The whole number of bytes."""
        text = " ".join(str(value or "").split())
        if not text:
            return None
        found = _SIZE.fullmatch(text)
        unit = found[3].lower() if found else ""
        if found is None or (unit and unit not in UNITS):
            raise ValidationError(_("Write a size as in “5 GB” or “200 MB”."))
        return int(found[1]) * UNITS[unit] + _part(found[2] or "", UNITS[unit])

    def prepare_value(self, value: object) -> object:
        """The largest unit that says it exactly."""
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        for unit in ("TB", "GB", "MB", "kB"):
            if value and value % UNITS[unit.lower()] == 0:
                return f"{value // UNITS[unit.lower()]} {unit}"
        return str(value)


def _part(digits: str, unit: int) -> int:
    return unit * int(digits) // 10 ** len(digits) if digits else 0


class LinesField(forms.CharField):
    """A list of texts, one in each line."""

    widget = forms.Textarea

    def to_python(self, value: object) -> Any:
        """The lines that hold something."""
        lines = (line.strip() for line in (super().to_python(value) or "").splitlines())
        return [line for line in lines if line]

    def prepare_value(self, value: object) -> object:
        """One in each line."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


Made = Callable[[Parameter, dict[str, Any]], forms.Field]


def _number(parameter: Parameter, common: dict[str, Any]) -> forms.Field:
    least, most = parameter.minimum, parameter.maximum
    return forms.IntegerField(
        min_value=None if least is None else int(least),
        max_value=None if most is None else int(most),
        widget=forms.NumberInput(attrs={"class": "auto"}),
        **common,
    )


def _choice(parameter: Parameter, common: dict[str, Any]) -> forms.Field:
    known = list(parameter.known().items())
    empty = [("", "")] if parameter.is_optional else []
    return forms.ChoiceField(choices=[*empty, *known], **common)


def _choices(parameter: Parameter, common: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=list(parameter.known().items()), widget=forms.CheckboxSelectMultiple, **common
    )


def _text(parameter: Parameter, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=parameter.max_length, **common)


FIELDS: Mapping[Kind, Made] = {
    Kind.NUMBER: _number,
    Kind.DECIMAL: lambda _parameter, common: forms.FloatField(
        widget=forms.NumberInput(attrs={"step": "any", "class": "auto"}), **common
    ),
    Kind.SIZE: lambda _parameter, common: SizeField(
        widget=forms.TextInput(attrs={"class": "auto", "maxlength": 30}), **common
    ),
    Kind.TEXT: _text,
    Kind.YES: lambda _parameter, common: forms.BooleanField(**common),
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.WORDS: lambda _parameter, common: LinesField(
        max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}), **common
    ),
}


def field_for(parameter: Parameter) -> forms.Field:
    """The form field of a parameter that is not rows. What is missing, the parameter refuses in its own words."""
    common = {"label": parameter.label, "help_text": parameter.help, "required": False}
    field = FIELDS[parameter.kind](parameter, common)
    field.widget.is_required = not parameter.is_optional
    return field
