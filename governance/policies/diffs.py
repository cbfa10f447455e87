"""What changes from one policy to another, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from governance.policies.catalogue import RULES_BY_ID, rule_from
from governance.policies.layering import Stored
from governance.policies.rules.base import Rule
from governance.policies.rules.parameters import Kind, Parameter
from hub.core.errors import Invalid


class Sign(StrEnum):
    """What becomes of a rule."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule that is not the same: ``lines`` say how, “Approvals: 1 → 2”."""

    rule: str
    name: str
    sign: Sign
    lines: tuple[str, ...]


def differences(old: Stored, new: Stored) -> list[Difference]:
    """Every rule that comes, goes or is set to something else; in the order of the catalogue."""
    order = {name: place for place, name in enumerate(RULES_BY_ID)}
    names = sorted({*old, *new}, key=lambda name: (order.get(name, len(order)), name))
    found = (_difference(name, old.get(name), new.get(name)) for name in names)
    return [each for each in found if each is not None]


def _difference(
    name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Difference | None:
    kind = RULES_BY_ID.get(name)
    title = str(kind.name) if kind else name
    before, after = _read(name, old), _read(name, new)
    if old is None:
        return Difference(name, title, Sign.ADDED, tuple(_said(after)))
    if new is None:
        return Difference(name, title, Sign.REMOVED, tuple(_said(before)))
    if before is None or after is None:
        return Difference(name, title, Sign.CHANGED, ()) if old != new else None
    lines = tuple(_lines(before, after))
    return Difference(name, title, Sign.CHANGED, lines) if lines else None


def _read(name: str, parameters: Mapping[str, Any] | None) -> Rule | None:
    try:
        return None if parameters is None else rule_from(name, parameters)
    except Invalid:
        return None


def _said(rule: Rule | None) -> Iterator[str]:
    """What a rule asks for, one line for each thing it is set to."""
    if rule is None:
        return
    yield rule.title
    for parameter in rule.parameters:
        value = getattr(rule, parameter.name)
        if value not in (None, (), "", False):
            yield f"{parameter.label}: {_shown(parameter, value)}"


def _lines(before: Rule, after: Rule) -> Iterator[str]:
    for parameter in before.parameters:
        old, new = getattr(before, parameter.name), getattr(after, parameter.name)
        if old == new:
            continue
        if isinstance(old, tuple) and isinstance(new, tuple):
            moved = _moved(parameter, old, new)
            if moved:
                yield f"{parameter.label}: {moved}"
        else:
            yield f"{parameter.label}: {_shown(parameter, old)} → {_shown(parameter, new)}"


def _moved(parameter: Parameter, old: tuple[Any, ...], new: tuple[Any, ...]) -> str:
    """What a list gains and loses: “+ MIT; − GPL 3.0”."""
    gained = [_shown(parameter, (each,)) for each in new if each not in old]
    lost = [_shown(parameter, (each,)) for each in old if each not in new]
    parts = [f"+ {', '.join(gained)}"] if gained else []
    return "; ".join([*parts, *([f"− {', '.join(lost)}"] if lost else [])])


def _shown(parameter: Parameter, value: Any) -> str:
    if value in (None, (), ""):
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple | list):
        return ", ".join(_shown(parameter, each) for each in value)
    if isinstance(value, Mapping):
        columns = {column.name: column for column in parameter.columns}
        cells = [
            f"{columns[key].label} {_shown(columns[key], each)}"
            for key, each in value.items()
            if key in columns and each not in (None, "", (), [])
        ]
        return " · ".join(cells)
    if parameter.kind == Kind.SIZE:
        return str(filesizeformat(value))
    return str(parameter.known().get(value, value))
