"""Forms that can show what an action refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from hub.core.errors import DomainError


class ActionForm(forms.Form):
    """A form whose input goes to one action."""

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turn the refusal of an action into an error of the field it names, or of the form as a whole."""
        try:
            yield
        except DomainError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)
