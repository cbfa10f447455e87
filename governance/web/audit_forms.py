"""What the audit page can be narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.audit.queries import AuditFilters
from governance.audit.sentences import SENTENCES

CONTROL = {"class": "in small auto"}


class AuditFilterForm(forms.Form):
    """Every field may stay empty."""

    event = forms.ChoiceField(
        label=_("Event"),
        required=False,
        choices=[("", _("Every event")), *((name, name) for name in sorted(SENTENCES))],
        widget=forms.Select(attrs=CONTROL),
    )
    actor = forms.CharField(
        label=_("By"),
        max_length=150,
        required=False,
        widget=forms.TextInput(
            attrs=CONTROL | {"size": 14, "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs=CONTROL | {"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs=CONTROL | {"type": "date"})
    )

    def filters(self) -> AuditFilters:
        """What was asked for; a field with a mistake in it narrows nothing."""
        self.full_clean()
        given = self.cleaned_data
        return AuditFilters(
            name=given.get("event", ""),
            actor=given.get("actor", ""),
            since=given.get("since"),
            until=given.get("until"),
        )
