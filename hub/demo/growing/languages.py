"""Telling languages apart by how often short runs of letters occur in each."""

from __future__ import annotations

import math
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub.demo.growing.declaration import Sentence, sentences

_NO_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Identifier:
    """A row of weights per language and a column per bucket; a text is in the language whose row sums highest."""

    languages: tuple[str, ...]
    sizes: tuple[int, ...]
    buckets: int
    rows: list[list[float]]

    def guess(self, text: str) -> str:
        """The code of the likeliest language."""
        found = features(text, sizes=self.sizes, buckets=self.buckets)
        scores = [sum(row[bucket] for bucket in found) for row in self.rows]
        return self.languages[scores.index(max(scores))]

    def only(self, languages: Sequence[str]) -> Identifier:
        """The same weights for some of the languages."""
        rows = [list(self.rows[self.languages.index(each)]) for each in languages]
        return Identifier(tuple(languages), self.sizes, self.buckets, rows)


def features(text: str, *, sizes: Sequence[int], buckets: int) -> list[int]:
    """The bucket of every run of letters of the given sizes; what is no letter counts as a space."""
    clean = f" {_NO_LETTERS.sub(' ', text.lower()).strip()} "
    return [
        zlib.crc32(clean[start : start + size].encode()) % buckets
        for size in sizes
        for start in range(len(clean) - size + 1)
    ]


def count_languages(
    languages: Sequence[str], *, sizes: Sequence[int], buckets: int, smoothing: float
) -> Identifier:
    """Learn by counting: the weight is the logarithm of how often a bucket occurs in the language's text."""
    rows = []
    for language in languages:
        counts: Counter[int] = Counter()
        for sentence in sentences(language, held_out=False):
            counts.update(features(sentence.text, sizes=sizes, buckets=buckets))
        total = counts.total() + smoothing * buckets
        rows.append([math.log((counts[each] + smoothing) / total) for each in range(buckets)])
    return Identifier(tuple(languages), tuple(sizes), buckets, rows)


def tune(
    base: Identifier, examples: Iterable[Sentence], *, rounds: int, step: float, margin: float
) -> Identifier:
    """Go on learning from examples: wherever the right language does not lead by ``margin``, two rows move a little."""
    tuned = Identifier(base.languages, base.sizes, base.buckets, [list(r) for r in base.rows])
    known = [
        (
            tuned.languages.index(each.language),
            features(each.text, sizes=base.sizes, buckets=base.buckets),
        )
        for each in examples
    ]
    order = random.Random(1948)  # noqa: S311 - the same order every time is what it is for
    for _ in range(rounds):
        order.shuffle(known)
        for right, found in known:
            scores = [sum(row[bucket] for bucket in found) for row in tuned.rows]
            lead, scores[right] = scores[right], -math.inf
            rival = scores.index(max(scores))
            if lead - scores[rival] < margin:
                for bucket in found:
                    tuned.rows[right][bucket] += step
                    tuned.rows[rival][bucket] -= step
    return tuned


def hits(model: Identifier, examples: Iterable[Sentence]) -> Mapping[str, tuple[int, int]]:
    """(right, asked) by language."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for each in examples:
        asked[each.language] += 1
        right[each.language] += model.guess(each.text) == each.language
    return {language: (right[language], asked[language]) for language in model.languages}
