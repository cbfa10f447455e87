"""Making up words that look like some others: which letter follows which."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hub.demo.growing.declaration import sentences
from hub.demo.growing.tensors import Tensor, vector

TREES = Path(__file__).resolve().parent.parent / "data" / "trees.txt"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
EVERY = 8  # each eighth word is held out
SMOOTHING = 0.01


@dataclass(frozen=True, slots=True)
class Follower:
    """The probability of each symbol after ``context`` others; ``.`` begins and ends a word."""

    symbols: str
    context: int
    chances: list[float]

    def after(self, before: str) -> list[float]:
        """The chances of every symbol after the last ``context`` ones."""
        row = 0
        for symbol in before[-self.context :]:
            row = row * len(self.symbols) + self.symbols.index(symbol)
        return self.chances[row * len(self.symbols) : (row + 1) * len(self.symbols)]

    def bits(self, words: Sequence[str]) -> float:
        """How many bits a symbol of these words costs on average: how surprised the model is."""
        spent, symbols = 0.0, 0
        for word in words:
            text = "." * self.context + word + "."
            for place in range(self.context, len(text)):
                chances = self.after(text[:place])
                spent -= math.log2(chances[self.symbols.index(text[place])])
                symbols += 1
        return spent / symbols

    def tensor(self) -> Tensor:
        """An axis per symbol of context and one for the symbol that follows."""
        size = len(self.symbols)
        return Tensor(vector(self.chances).values, (size,) * (self.context + 1))


def tree_names() -> tuple[list[str], list[str]]:
    """(to learn from, held out) of the common names of trees."""
    return _split(TREES.read_text("ascii").split("\n")[:-1])


def swahili_words() -> tuple[list[str], list[str]]:
    """(to learn from, held out) of the different words of the Universal Declaration in Swahili."""
    whole = [each.text for held in (False, True) for each in sentences("sw", held_out=held)]
    words = {word for text in whole for word in re.findall(r"[a-z]{3,}", text.lower())}
    return _split(sorted(words))


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    held_out = words[EVERY - 1 :: EVERY]
    return [word for word in words if word not in set(held_out)], held_out


def count_followers(words: Sequence[str], *, context: int, symbols: str) -> Follower:
    """Learn by counting. A context that never occurred leans on the shorter ones, down to none."""
    counts = [_counted(words, size) for size in range(context + 1)]
    chances: list[float] = []
    for before in itertools.product(symbols, repeat=context):
        chances += _chances("".join(before), counts, symbols)
    return Follower(symbols, context, list(vector(chances).values))


def _counted(words: Sequence[str], size: int) -> Counter[str]:
    """How often each run of ``size`` symbols and the next one occurs."""
    counts: Counter[str] = Counter()
    for word in words:
        text = "." * max(size, 1) + word + "."
        counts.update(text[end - size : end + 1] for end in range(max(size, 1), len(text)))
    return counts


def _chances(before: str, counts: Sequence[Counter[str]], symbols: str) -> list[float]:
    found = [1 / len(symbols)] * len(symbols)
    for size, table in enumerate(counts):
        context = before[len(before) - size :]
        seen = [table[context + symbol] for symbol in symbols]
        weight = SMOOTHING * len(symbols) + size
        total = sum(seen) + weight
        found = [(n + weight * less) / total for n, less in zip(seen, found, strict=True)]
    return found
