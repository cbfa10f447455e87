"""Addresses of parts that this hub may not have."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address(name: str, *arguments: str) -> str:
    """Where the view of this name is; empty when no such view is mounted, so that no link leads nowhere."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
