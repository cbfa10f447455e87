"""Laying rules over each other, and telling which of two asks for more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from governance.policies.catalogue import rule_from
from governance.policies.rules.base import Rule
from hub.core.errors import Invalid

Stored = Mapping[str, Mapping[str, Any]]  # rule id → parameters, as policies are stored


def tightened(upper: Stored, lower: Stored) -> dict[str, Mapping[str, Any]]:
    """The rules of both, each the stricter of the two: a lower layer takes nothing away."""
    found = dict(upper)
    for name, parameters in lower.items():
        found[name] = _stricter(name, found[name], parameters) if name in found else parameters
    return found


def _stricter(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Mapping[str, Any]:
    """The stricter parameters. What cannot be read stays: nothing meets it, so nothing passes that should not."""
    first, second = _read(name, one), _read(name, other)
    if first is None or second is None:
        return one if first is None else other
    combined = first.tightened(second)
    return one if combined == first else combined.stored()


def is_looser(new: Stored, old: Stored) -> bool:
    """Whether ``new`` lets anything pass that ``old`` stops: a rule is missing or asks for less."""
    return any(name not in new or _asks_less(name, new[name], old[name]) for name in old)


def _asks_less(name: str, new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    first, second = _read(name, new), _read(name, old)
    if first is None or second is None:
        return new != old
    return _normal(first.tightened(second)) != _normal(first)


def normal(stored: Stored) -> dict[str, Any]:
    """The rules with every parameter written out and lists in one order: equal when they ask for the same."""
    read = {name: _read(name, parameters) for name, parameters in stored.items()}
    return {name: _normal(rule) if rule else stored[name] for name, rule in read.items()}


def _normal(rule: Rule) -> dict[str, Any]:
    """The parameters with lists in one order: what a rule names has none."""
    return {
        key: sorted(value, key=str) if isinstance(value, list) else value
        for key, value in rule.stored().items()
    }


def _read(name: str, parameters: Mapping[str, Any]) -> Rule | None:
    try:
        return rule_from(name, parameters)
    except Invalid:
        return None
