"""Writing pairs of module and name so that they stay readable."""

from __future__ import annotations

Pairs = frozenset[tuple[str, str]]


def names(module: str, words: str) -> Pairs:
    """The pairs of one module and each of some words."""
    return frozenset((module, word) for word in words.split())


def in_each(modules: str, words: str) -> Pairs:
    """The pairs of every module with every word, for what moved from one release to the next."""
    return frozenset(pair for module in modules.split() for pair in names(module, words))
