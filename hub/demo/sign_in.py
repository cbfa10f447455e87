"""What the sign-in page of a demonstration shows; a library of template tags, so that no page imports it."""

from __future__ import annotations

from typing import Any

from django import template

from hub.demo.cast import KNOWN_PASSWORD
from hub.demo.instance import accounts_that_work, is_reached_from_here_only

register = template.Library()


@register.inclusion_tag("accounts/_demonstration.html")
def demonstration() -> dict[str, Any]:
    """The accounts whose password everybody may know; nothing on any other hub."""
    people = accounts_that_work() if is_reached_from_here_only() else []
    return {"people": people, "password": KNOWN_PASSWORD}
