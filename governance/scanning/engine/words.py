"""Writing long lists of words so that they stay readable."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, separated by any white space."""
    return frozenset(text.split())
