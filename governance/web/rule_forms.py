"""Rules as HTML forms and back: for pages on which people say what is required of their models.

``RuleForms`` shows every rule that can be chosen, each with a box that puts it in force, and answers what a policy stores;
templates draw it with ``governance/_rule_forms.html``. Works without script: tables end with empty rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from governance.policies.catalogue import RULES_BY_ID
from governance.policies.rules.base import Rule
from governance.policies.rules.parameters import Kind, Parameter
from governance.web.rule_fields import field_for
from governance.web.rule_words import what_it_means
from hub.core.errors import DomainError, Invalid
from hub.ui.fields import FieldRows
from hub.ui.widgets import Text

BLANK_ROWS = 2
IN_FORCE = "in_force"

Data = Mapping[str, Any] | QueryDict


class RuleForm(forms.Form):
    """What one rule is set to. ``rule`` is what the form begins with; the kind's defaults when there is none."""

    use_required_attribute = False

    def __init__(
        self, kind: type[Rule], data: Data | None = None, *, rule: Rule | None = None
    ) -> None:
        self.kind = kind
        shown = rule or kind()
        super().__init__(data, prefix=f"rule-{kind.id}", auto_id="%s")
        self.fields[IN_FORCE] = forms.BooleanField(
            label=kind.name, help_text=str(what_it_means(shown)), required=False, initial=bool(rule)
        )
        self._rows: dict[str, int] = {}
        for parameter in kind.parameters:
            value = getattr(shown, parameter.name)
            if parameter.kind == Kind.ROWS:
                self._add_rows(parameter, value)
            else:
                self.fields[parameter.name] = field_for(parameter)
                self.initial[parameter.name] = value

    def _add_rows(self, parameter: Parameter, values: Sequence[Mapping[str, Any]]) -> None:
        """A field for each column of each row: those that were sent, else those that there are and some empty ones."""
        count = min(len(values) + BLANK_ROWS, parameter.most)
        first = parameter.columns[0].name
        if self.is_bound:
            possible = range(parameter.most + BLANK_ROWS)
            sent = [n for n in possible if self.add_prefix(_cell(parameter, n, first)) in self.data]
            count = max(sent, default=-1) + 1
        self._rows[parameter.name] = count
        for number in range(count):
            row = values[number] if number < len(values) else {}
            for column in parameter.columns:
                name = _cell(parameter, number, column.name)
                self.fields[name] = field_for(column)
                self.initial[name] = row.get(column.name, column.default)

    @property
    def is_chosen(self) -> bool:
        """Whether the rule is, or should be, in force."""
        return bool(self[IN_FORCE].value())

    @property
    def parts(self) -> list[BoundField | FieldRows]:
        """What to draw under the box, in the order of the parameters."""
        return [
            self._drawn_rows(p) if p.kind == Kind.ROWS else self[p.name]
            for p in self.kind.parameters
        ]

    def _drawn_rows(self, parameter: Parameter) -> FieldRows:
        names = [column.name for column in parameter.columns]
        return FieldRows(
            id=f"{self.prefix}-{parameter.name}",
            label=parameter.label,
            hint=parameter.help,
            rows=[
                [self[_cell(parameter, number, name)] for name in names]
                for number in range(self._rows[parameter.name])
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Every value as its parameter reads it; a rule that is not chosen may hold anything."""
        given: dict[str, Any] = self.cleaned_data
        if not given.get(IN_FORCE):
            self.errors.clear()
            return given
        self._settings = {}
        for parameter in self.kind.parameters:
            if parameter.kind == Kind.ROWS:
                self._settings[parameter.name] = self._read_rows(parameter)
            elif parameter.name in given:
                self._settings[parameter.name] = self._read(parameter, given[parameter.name])
        return given

    def _read_rows(self, parameter: Parameter) -> Any:
        rows = []
        for number in range(self._rows[parameter.name]):
            names = {c.name: _cell(parameter, number, c.name) for c in parameter.columns}
            row = {column: self.cleaned_data.get(name) for column, name in names.items()}
            if not _says_something(parameter, row):
                continue
            for column in parameter.columns:
                row[column.name] = self._read(column, row[column.name], names[column.name])
            rows.append(row)
        if self.errors:
            return ()
        return self._read(parameter, rows, _cell(parameter, 0, parameter.columns[0].name))

    def _read(self, parameter: Parameter, value: object, name: str = "") -> Any:
        try:
            return parameter.read(None if value == "" and parameter.is_optional else value)
        except Invalid as error:
            told = error.message.removeprefix(f"{parameter.label}: ")
            self.add_error(name or parameter.name, told)
            return None

    def rule(self) -> Rule:
        """The rule as the form has it; ask ``is_valid`` first."""
        return self.kind(**self._settings)


def _cell(parameter: Parameter, number: int, column: str) -> str:
    return f"{parameter.name}-{number}-{column}"


def _says_something(parameter: Parameter, row: Mapping[str, Any]) -> bool:
    """Whether somebody filled the row in: boxes and lists of choices have a value in empty rows as well."""
    spoken = [c.name for c in parameter.columns if c.kind not in (Kind.YES, Kind.CHOICE)]
    return any(row[name] not in (None, "", [], ()) for name in spoken)


class RuleForms:
    """All rules that a policy can be made of. ``stored`` is what it asks for so far (rule id → parameters)."""

    def __init__(
        self,
        data: Data | None = None,
        *,
        stored: Mapping[str, Mapping[str, Any]] | None = None,
        offered: Iterable[str] = RULES_BY_ID,
    ) -> None:
        begun = stored or {}
        self.forms = [
            RuleForm(RULES_BY_ID[name], data, rule=_readable(name, begun)) for name in offered
        ]

    def is_valid(self) -> bool:
        """Whether every chosen rule can be read."""
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def wrong(self) -> list[tuple[Text, list[BoundField]]]:
        """The rules that were refused, each with its refused fields, for a summary on top of the page."""
        refused = [form for form in self.forms if form.errors]
        return [(form.kind.name, [form[name] for name in form.errors]) for form in refused]

    def stored(self) -> dict[str, dict[str, Any]]:
        """What a policy stores of the rules that were chosen; ask ``is_valid`` first."""
        return {form.kind.id: form.rule().stored() for form in self.forms if form.is_chosen}

    def show(self, refusal: DomainError) -> bool:
        """Put a refusal whose field is ``rule`` or ``rule.parameter`` beside it; answers whether it has a place here."""
        rule_id, _dot, name = (refusal.field or "").partition(".")
        for form in self.forms:
            if form.kind.id == rule_id:
                form.add_error(name if name in form.fields else IN_FORCE, refusal.message)
                return True
        return False


def _readable(name: str, stored: Mapping[str, Mapping[str, Any]]) -> Rule | None:
    """The stored rule; one that can no longer be read begins anew, and stays in force."""
    if name not in stored:
        return None
    try:
        return RULES_BY_ID[name].of(stored[name])
    except Invalid:
        return RULES_BY_ID[name]()
