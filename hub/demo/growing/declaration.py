"""The Universal Declaration of Human Rights, cut into what a model learns from and what it is tested on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data" / "udhr"
HELD_OUT = frozenset({3, 8, 12, 17, 21, 26, 29})  # articles that no model ever learns from
PIECE = 20  # characters
_END = re.compile(r"(?<=[.;:!?。;।።])\s+|(?<=[。;])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the code of its language."""

    language: str
    text: str


def sentences(language: str, *, held_out: bool) -> list[Sentence]:
    """The sentences of the articles that are held out, or of all the others and the preamble."""
    found = []
    for line in (FOLDER / f"{language}.txt").read_text("utf-8").splitlines():
        article, _, text = line.partition("\t")
        if (int(article) in HELD_OUT) == held_out:
            parts = (part.strip() for part in _END.split(text))
            found += [Sentence(language, part) for part in parts if any(map(str.isalpha, part))]
    return found


def pieces(whole: list[Sentence], length: int = PIECE) -> Iterator[Sentence]:
    """Every sentence cut into pieces of ``length`` characters; what is left over at its end is dropped."""
    for sentence in whole:
        for start in range(0, len(sentence.text) - length + 1, length):
            text = sentence.text[start : start + length]
            if any(map(str.isalpha, text)):
                yield Sentence(sentence.language, text)
