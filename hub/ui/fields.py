"""How a form's field becomes a label, a hint, a control and an error that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from hub.ui.widgets import Explained, Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or checkbox of a group."""

    id: str
    name: str
    value: str
    label: Text
    kind: str
    consequence: Text
    is_checked: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class FieldRows:
    """A list of things of one kind in a form, a row of fields for each; empty rows at the end add to it."""

    id: str
    label: Text
    hint: Text
    rows: Sequence[Sequence[BoundField]]


def field_values(
    bound: BoundField, *, label: str = "", hint: str = "", **attrs: Any
) -> dict[str, Any]:
    """What ``components/field.html`` needs. Extra ``attrs`` go to the control (``rows=3``, ``autocomplete="off"``)."""
    kind = _kind(bound.field.widget)
    help_text = hint or bound.help_text
    described = []
    if help_text:
        described.append(f"{bound.id_for_label}-hint")
    if bound.errors:
        described.append(f"{bound.id_for_label}-error")
    wiring = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        wiring["aria-invalid"] = "true"
    return {
        "kind": kind,
        "id": bound.id_for_label or bound.auto_id,
        "label": label or bound.label,
        "hint": help_text,
        "errors": list(bound.errors),
        "is_required": bound.field.required or bound.field.widget.is_required,
        "described": " ".join(described),
        "control": _control(
            bound, kind, wiring | {k.replace("_", "-"): v for k, v in attrs.items()}
        ),
        "choices": _choices(bound, kind) if kind in ("radio", "checks") else [],
    }


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.HiddenInput):
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checks"
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "text"


def _control(bound: BoundField, kind: str, attrs: dict[str, Any]) -> SafeString:
    if kind in ("radio", "checks"):
        return SafeString()
    if kind == "text":
        own = bound.field.widget.attrs.get("class", "")
        attrs["class"] = f"in {own}".strip()
    return bound.as_widget(attrs=attrs)


def _choices(bound: BoundField, kind: str) -> list[Choice]:
    widget = bound.field.widget
    says = widget.consequences if isinstance(widget, Explained) else {}
    closed = widget.closed if isinstance(widget, Explained) else {}
    found = []
    for each in bound.subwidgets:
        data = each.data
        value = str(data["value"])
        found.append(
            Choice(
                id=data["attrs"].get("id", ""),
                name=data["name"],
                value=value,
                label=data["label"],
                kind="radio" if kind == "radio" else "checkbox",
                consequence=closed.get(value) or says.get(value, ""),
                is_checked=bool(data["selected"]) and value not in closed,
                is_closed=value in closed,
            )
        )
    return found
