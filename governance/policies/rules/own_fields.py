"""Fields that an organisation adds to the cards of its models."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.card_values import own_value, without_card
from governance.policies.rules.parameters import Kind, Parameter
from hub.core.errors import Invalid
from models_catalog.cards.front_matter import SPECIFIED

MOST_FIELDS = 30
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.A)

TYPES = {
    "text": gettext_lazy("Text"),
    "number": gettext_lazy("Number"),
    "date": gettext_lazy("Date"),
    "choice": gettext_lazy("Choice"),
    "yes_no": gettext_lazy("Yes or no"),
    "link": gettext_lazy("Link"),
    "email": gettext_lazy("Email address"),
}


@dataclass(frozen=True, slots=True)
class OwnField:
    """One such field: ``name`` is its key in the front matter, ``type`` one of ``TYPES``."""

    name: str
    type: str
    label: str
    help: str
    choices: Sequence[str]
    is_required: bool

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> OwnField:
        """From a row of the rule's parameter."""
        options = [each.strip() for each in str(row["choices"]).split(",") if each.strip()]
        return cls(
            name=row["name"],
            type=row["type"],
            label=row["label"] or row["name"],
            help=row["help"],
            choices=options,
            is_required=row["required"],
        )

    def problem(self, value: object) -> str:
        """Why the value cannot be that of this field, as part of a sentence; empty when it can."""
        return str(_PROBLEMS[self.type](value, self))


def _text(value: object, field: OwnField) -> str:
    del field
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    return "" if is_text else _("is not one text")


def _number(value: object, field: OwnField) -> str:
    del field
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if is_number and math.isfinite(value) else _("is not a number")  # type: ignore[arg-type]


def _date(value: object, field: OwnField) -> str:
    del field
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return _("is not a date as in 2026-03-31")
    return ""


def _choice(value: object, field: OwnField) -> str:
    if str(value) in field.choices:
        return ""
    return _("is none of {choices}").format(choices=listed(list(field.choices), most=8))


def _yes_no(value: object, field: OwnField) -> str:
    del field
    return "" if isinstance(value, bool) else _("is neither true nor false")


def _link(value: object, field: OwnField) -> str:
    del field
    try:
        parts = urlsplit(str(value))
        is_link = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_link = False
    return "" if is_link else _("is not a link that begins with https://")


def _email(value: object, field: OwnField) -> str:
    del field
    try:
        validate_email(str(value))
    except ValidationError:
        return _("is not an email address")
    return ""


_PROBLEMS = {
    "text": _text,
    "number": _number,
    "date": _date,
    "choice": _choice,
    "yes_no": _yes_no,
    "link": _link,
    "email": _email,
}


def _is_name(text: str) -> None:
    if not _NAME.fullmatch(text):
        raise Invalid(_("Use up to 40 small letters, digits, _ and -, a letter first."))
    if text in SPECIFIED:
        raise Invalid(_("Every card has a field “{name}” already.").format(name=text))


@dataclass(frozen=True, slots=True)
class OwnFields(Rule):
    """The head of the card has these ``fields`` beside those that every card may have, each with a value of its type."""

    fields: tuple[dict[str, Any], ...] = ()
    id: ClassVar[str] = "own_fields"
    name: ClassVar = gettext_lazy("Card fields of one’s own")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="fields",
            kind=Kind.ROWS,
            label=gettext_lazy("Fields"),
            help=gettext_lazy("Publishers fill them in on a form. Empty a row to take it out."),
            most=MOST_FIELDS,
            key=("name",),
            columns=(
                Parameter(
                    name="name",
                    kind=Kind.TEXT,
                    label=gettext_lazy("Name in README.md"),
                    max_length=40,
                    check=_is_name,
                ),
                Parameter(
                    name="type",
                    kind=Kind.CHOICE,
                    label=gettext_lazy("Type"),
                    choices=lambda: TYPES,
                    default="text",
                ),
                Parameter(
                    name="label",
                    kind=Kind.TEXT,
                    label=gettext_lazy("Label"),
                    max_length=80,
                    is_optional=True,
                    default="",
                ),
                Parameter(
                    name="help",
                    kind=Kind.TEXT,
                    label=gettext_lazy("Help"),
                    max_length=200,
                    is_optional=True,
                    default="",
                ),
                Parameter(
                    name="choices",
                    kind=Kind.TEXT,
                    label=gettext_lazy("Choices, with commas between"),
                    max_length=400,
                    is_optional=True,
                    default="",
                ),
                Parameter(
                    name="required",
                    kind=Kind.YES,
                    label=gettext_lazy("Has to be filled in"),
                    default=True,
                ),
            ),
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("The card has the fields that its owner asks for")

    @property
    def described(self) -> list[OwnField]:
        """The fields, for the form and the check."""
        return [OwnField.of(row) for row in self.fields]

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with what is missing, then with what is of another type."""
        if (nothing := without_card(self, facts)) is not None:
            return nothing
        assert facts.card is not None
        missing, wrong = [], []
        for field in self.described:
            value = own_value(facts.card, field.name)
            if value is None:
                missing += [field.label] if field.is_required else []
            elif problem := field.problem(value):
                wrong.append(f"{field.label} {problem}")
        told = []
        if missing:
            told.append(_("README.md lacks {missing}.").format(missing=listed(missing, most=8)))
        if wrong:
            told.append(_("In README.md {wrong}.").format(wrong=listed(wrong, most=5)))
        if told:
            return self.says(Outcome.FAIL, " ".join(told), ["README.md"])
        return self.says(Outcome.PASS, _("README.md holds the fields that are asked for."))
