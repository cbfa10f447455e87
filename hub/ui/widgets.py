"""Form widgets that the ``field`` tag knows how to draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise

Text = str | Promise


class Explained(ChoiceWidget):
    """Choices, each with what choosing it means; ``closed`` maps values that cannot be chosen to the reason."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        consequences: Mapping[str, Text] | None = None,
        closed: Mapping[str, Text] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.consequences = dict(consequences or {})
        self.closed = dict(closed or {})


class Choices(Explained, forms.RadioSelect):
    """One of several, as radio buttons."""


class Checks(Explained, forms.CheckboxSelectMultiple):
    """Any of several, as checkboxes."""


class MultipleFiles(forms.ClearableFileInput):
    """A file input for several files, without the box to clear it."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"
