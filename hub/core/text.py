"""Text from outside, as far as it can be kept."""

from __future__ import annotations


def storable(text: str) -> str:
    """``text`` as every database and git can hold it.

    That is without NUL, which PostgreSQL refuses, and without halves of surrogate pairs, which JSON may spell but
    UTF-8 has no bytes for.
    """
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def is_storable(text: str) -> bool:
    """Whether a name could be one that the hub has given out."""
    return storable(text) == text
