"""SPDX licence expressions (SPDX 2.3, annex D): what a card may say after ``license:``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_WORD = re.compile(r"\s*(\(|\)|[A-Za-z0-9][A-Za-z0-9.+:-]*)", re.A)
STRENGTH = {"or": 1, "and": 2}


class Unreadable(ValueError):
    """Not a licence expression."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A licence expression in the order in which it is worked out: ids, then the ``and`` or ``or`` that joins two."""

    steps: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The licences that it names."""
        return [step for step in self.steps if step not in STRENGTH]

    def hold(self, is_allowed: Callable[[str], bool]) -> bool:
        """Whether it leaves a way to use the model under allowed licences alone: any side of “or”, both of “and”."""
        stack: list[bool] = []
        for step in self.steps:
            if step not in STRENGTH:
                stack.append(is_allowed(step))
            else:
                last, first = stack.pop(), stack.pop()
                stack.append(first and last if step == "and" else first or last)
        return stack.pop()


def read_terms(text: str) -> Terms:
    """Read an expression, in any case. Raises ``Unreadable``. An exception after “with” only permits more."""
    reader = _Reader(text)
    for word in _words(text):
        reader.take(word)
    return reader.end()


class _Reader:
    """Dijkstra's shunting yard: names go through, operators wait for weaker ones. No recursion, whatever is nested."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._done: list[str] = []
        self._waiting: list[str] = []
        self._wanted = "name"

    def take(self, word: str) -> None:
        if self._wanted == "exception":
            self._require(word not in ("(", ")", "with", *STRENGTH))
            self._wanted = "operator"
        elif word == "(":
            self._require(self._wanted == "name")
            self._waiting.append(word)
        elif word == ")":
            self._close()
        elif word == "with" or word in STRENGTH:
            self._operator(word)
        else:
            self._require(self._wanted == "name")
            self._done.append(word.removesuffix("+"))
            self._wanted = "operator"

    def end(self) -> Terms:
        self._require(self._wanted == "operator" and "(" not in self._waiting)
        return Terms((*self._done, *reversed(self._waiting)))

    def _operator(self, word: str) -> None:
        self._require(self._wanted == "operator")
        if word == "with":
            self._require(bool(self._done) and self._done[-1] not in STRENGTH)
            self._wanted = "exception"
            return
        while self._waiting and STRENGTH.get(self._waiting[-1], 0) >= STRENGTH[word]:
            self._done.append(self._waiting.pop())
        self._waiting.append(word)
        self._wanted = "name"

    def _close(self) -> None:
        self._require(self._wanted == "operator" and "(" in self._waiting)
        while self._waiting[-1] != "(":
            self._done.append(self._waiting.pop())
        self._waiting.pop()

    def _require(self, holds: object) -> None:
        if not holds:
            raise Unreadable(self._text)


def _words(text: str) -> list[str]:
    found: list[str] = []
    at, text = 0, text.rstrip()
    while at < len(text):
        match = _WORD.match(text, at)
        if match is None:
            raise Unreadable(text)
        found.append(match[1].lower())
        at = match.end()
    return found
