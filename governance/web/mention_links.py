"""The names in what people said, as links."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from models_catalog.changes.mentions import Key, Known, mentions_in


def with_links(text: str, known: Known) -> str:
    """The text, escaped, with the names that are known as links; no markup of its own survives."""
    pieces = []
    last = 0
    for mention in mentions_in(text):
        target = _address(mention.key, known)
        if target:
            named = text[mention.start : mention.end]
            pieces.append((text[last : mention.start], target, named))
            last = mention.end
    linked = format_html_join("", '{}<a class="acc" href="{}">{}</a>', pieces)
    return format_html("{}{}", linked, text[last:])


def _address(key: Key, known: Known) -> str:
    person = known.people.get(key)
    if person is not None:
        return reverse("catalog:namespace", args=[person.username])
    team = known.teams.get(key)
    if team is None:
        return ""
    return reverse("accounts:team", args=[team.organization.namespace.name, team.name])
