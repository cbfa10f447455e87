"""Cutting text down to what a line of a table has room for."""

from __future__ import annotations


def first_line(text: str) -> str:
    """The first line that says something, of a commit message or a note."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:200]


def cut_folder(path: str) -> str:
    """The last part of a path."""
    return path.rsplit("/", 1)[-1]
