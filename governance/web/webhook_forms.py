"""The form of a webhook: where to, and of what."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.audit.sentences import SENTENCES
from governance.outbox.models import Group
from governance.outbox.topics import TOPICS
from governance.webhooks.payload import subscribable
from hub.core.outgoing import MAX_URL
from hub.ui.forms import ActionForm


class WebhookForm(ActionForm):
    """Address and events."""

    url = forms.CharField(
        max_length=MAX_URL,
        label=_("Address"),
        help_text=_("Where messages are sent to by POST: https://… at best."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
    events = forms.MultipleChoiceField(choices=[], required=False)

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        events = self.fields["events"]
        assert isinstance(events, forms.MultipleChoiceField)
        events.choices = [(name, name) for name in subscribable()]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]], bool]]:
        """Events to tick, by group: (name, what happens in words, whether it is ticked); groups with ticks are open."""
        chosen = set(self["events"].value() or ())
        found: dict[str, list[tuple[str, str, bool]]] = {str(each.label): [] for each in Group}
        for name in subscribable():
            title = str(Group(TOPICS[name].group).label)
            found[title].append((name, _in_words(name), name in chosen))
        return [
            (title, events, any(is_chosen for _name, _told, is_chosen in events))
            for title, events in found.items()
            if events
        ]


def _in_words(name: str) -> str:
    """The event's sentence with dots for what differs."""
    words = str(SENTENCES.get(name, name))
    parts = words.replace("{", "\0").replace("}", "\0").split("\0")
    return "".join(part if index % 2 == 0 else "…" for index, part in enumerate(parts))
