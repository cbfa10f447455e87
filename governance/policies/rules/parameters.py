"""What a rule can be set to, described once: pages draw their forms from this, the API its shapes, layers what is stricter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hub.core.errors import Invalid
from hub.core.text import storable

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

MOST_ITEMS = 100
MAX_TEXT = 200


class Kind(StrEnum):
    """What a value looks like; sizes are whole numbers of bytes, rows have a value for each of their ``columns``."""

    NUMBER = "number"
    DECIMAL = "decimal"
    SIZE = "size"
    TEXT = "text"
    YES = "yes"
    CHOICE = "choice"
    CHOICES = "choices"
    WORDS = "words"
    ROWS = "rows"


class Stricter(StrEnum):
    """Which of two values asks for more: the higher, the lower, everything of both, or only what both have."""

    HIGHER = "higher"
    LOWER = "lower"
    BOTH = "both"
    COMMON = "common"


STRICTER_OF: Mapping[Stricter, Callable[[Any, Any], Any]] = {
    Stricter.HIGHER: max,
    Stricter.LOWER: min,
    Stricter.BOTH: lambda one, other: (
        tuple(dict.fromkeys((*one, *other))) if isinstance(one, tuple) else one or other
    ),
    Stricter.COMMON: lambda one, other: (
        tuple(each for each in one if each in other) if isinstance(one, tuple) else one and other
    ),
}
NUMERIC = (Kind.NUMBER, Kind.DECIMAL, Kind.SIZE)
MANY = (Kind.CHOICES, Kind.WORDS, Kind.ROWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One thing that a rule can be set to.

    ``is_optional`` values may be missing: a number is then ``None`` (no bound). ``always`` are choices that nobody can
    take out. ``check`` looks at each text and raises ``Invalid``. ``key`` names the columns that tell rows apart.
    """

    name: str
    kind: Kind
    label: _StrOrPromise
    help: _StrOrPromise = ""
    stricter: Stricter = Stricter.BOTH
    choices: Callable[[], Mapping[str, _StrOrPromise]] | None = None
    always: Sequence[str] = ()
    minimum: float | None = None
    maximum: float | None = None
    most: int = MOST_ITEMS
    max_length: int = MAX_TEXT
    is_optional: bool = False
    default: Any = None
    columns: tuple[Parameter, ...] = ()
    key: tuple[str, ...] = ()
    check: Callable[[str], None] | None = None

    def read(self, value: object) -> Any:
        """The value in its one shape: lists become tuples. Raises ``Invalid`` with this parameter as its field."""
        if self.kind in NUMERIC:
            return self._number(value)
        if self.kind in MANY:
            return self._many(value)
        if self.kind == Kind.YES:
            if not isinstance(value, bool):
                raise self.refused(_("Answer with yes or no."))
            return value
        return self._text(value)

    def refused(self, message: str) -> Invalid:
        """The refusal of a value."""
        return Invalid(f"{self.label}: {message}", field=self.name)

    def stricter_of(self, one: Any, other: Any) -> Any:
        """The value that asks for no less than either."""
        if one is None or other is None:
            return other if one is None else one
        if self.kind == Kind.ROWS:
            return self._merged(one, other)
        return STRICTER_OF[self.stricter](one, other)

    def _number(self, value: object) -> Any:
        if value is None and self.is_optional:
            return None
        whole = self.kind != Kind.DECIMAL
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            raise self.refused(_("Give a whole number.") if whole else _("Give a number."))
        assert isinstance(value, int | float)
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
            raise self.refused(_("Give a number."))
        if self.minimum is not None and value < self.minimum:
            raise self.refused(_("It is at least {least}.").format(least=self.minimum))
        if self.maximum is not None and value > self.maximum:
            raise self.refused(_("It is at most {most}.").format(most=self.maximum))
        return value

    def _text(self, value: object) -> str:
        if value is None and self.is_optional:
            return ""
        if not isinstance(value, str):
            raise self.refused(_("Give a text."))
        text = " ".join(storable(value).split())
        if not text and not self.is_optional:
            raise self.refused(_("Fill this in."))
        if len(text) > self.max_length:
            raise self.refused(
                _("It is longer than {most} characters.").format(most=self.max_length)
            )
        if self.kind == Kind.CHOICE and text and text not in self.known():
            raise self.refused(_("Choose one of the values that are offered."))
        if self.check is not None and text:
            self._checked(text)
        return text

    def _checked(self, text: str) -> None:
        assert self.check is not None
        try:
            self.check(text)
        except Invalid as error:
            raise self.refused(error.message) from None

    def _many(self, value: object) -> tuple[Any, ...]:
        if value is None and self.is_optional:
            return ()
        if not isinstance(value, list | tuple):
            raise self.refused(_("Give a list."))
        if len(value) > self.most:
            raise self.refused(_("It has more than {most} entries.").format(most=self.most))
        found = self._rows(value) if self.kind == Kind.ROWS else self._words(value)
        if not found and not self.is_optional:
            raise self.refused(_("Name at least one."))
        return found

    def _words(self, value: Sequence[object]) -> tuple[str, ...]:
        texts = [self._text(each) for each in value]
        if self.kind == Kind.CHOICES:
            known = self.known()
            if unknown := [text for text in texts if text not in known]:
                raise self.refused(_("“{name}” is not offered.").format(name=unknown[0]))
        return tuple(dict.fromkeys((*self.always, *(text for text in texts if text))))

    def _rows(self, value: Sequence[object]) -> tuple[dict[str, Any], ...]:
        rows: dict[Any, dict[str, Any]] = {}
        for each in value:
            if not isinstance(each, Mapping):
                raise self.refused(_("Give a list of rows."))
            if extra := each.keys() - {column.name for column in self.columns}:
                raise self.refused(_("“{name}” is not known.").format(name=min(map(str, extra))))
            try:
                row = {c.name: c.read(each.get(c.name, c.default)) for c in self.columns}
            except Invalid as error:
                raise self.refused(error.message) from None
            if self.row_key(row) in rows:
                raise self.refused(_("There are two rows for the same thing."))
            rows[self.row_key(row)] = row
        return tuple(rows.values())

    def row_key(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """What tells a row from others."""
        return tuple(row[name] for name in self.key)

    def _merged(self, one: Any, other: Any) -> tuple[dict[str, Any], ...]:
        rows = {self.row_key(row): dict(row) for row in one}
        for row in other:
            known = rows.setdefault(self.row_key(row), dict(row))
            for column in self.columns:
                known[column.name] = column.stricter_of(known[column.name], row[column.name])
        return tuple(rows.values())

    def known(self) -> Mapping[str, _StrOrPromise]:
        """The choices with their titles."""
        return self.choices() if self.choices else {}
