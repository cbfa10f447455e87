"""Differences between two texts, line by line and bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate

from hub.ui.parts import DiffLine

CONTEXT = 3
LONGEST_TEXT = 4000  # lines; comparing takes time that grows with the square
LONGEST_LINE = 400  # characters
MOST_STEPS = 2_000_000  # pairs of lines looked at: a fraction of a second, many times what people's texts need


@dataclass(frozen=True, slots=True)
class TextDiff:
    """The lines that differ with a few around them; ``hidden`` more were cut off."""

    lines: list[DiffLine]
    added: int
    removed: int
    hidden: int = 0


def diff_texts(before: str, after: str, *, most: int) -> TextDiff | None:
    """How ``after`` differs from ``before``, in at most ``most`` lines; ``None`` when either is too long to compare."""
    old, new = before.splitlines(), after.splitlines()
    if max(len(old), len(new)) > LONGEST_TEXT:
        return None
    matcher = _Matcher(old, new)
    lines = list(_lines(matcher, old, new))
    return TextDiff(
        lines=lines[:most],
        added=sum(line.kind == "+" for line in lines),
        removed=sum(line.kind == "-" for line in lines),
        hidden=max(0, len(lines) - most),
    )


class _Matcher(SequenceMatcher[str]):
    """Stops looking for what is alike after ``MOST_STEPS``: the rest counts as replaced, which is true, if not short.

    Texts made for it (many short matches before lines that repeat) take the plain one minutes.
    """

    def __init__(self, old: list[str], new: list[str]) -> None:
        super().__init__(None, old, new)
        found: dict[str, list[int]] = self.b2j  # type: ignore[attr-defined]  # documented, but not typed
        self._steps = [0, *accumulate(1 + len(found.get(line, ())) for line in old)]
        self._left = MOST_STEPS

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """``SequenceMatcher`` calls this for each stretch between two matches."""
        until = len(self._steps) - 1 if ahi is None else ahi
        self._left -= self._steps[until] - self._steps[alo]
        if self._left < 0:
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


def _lines(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[DiffLine]:
    for number, group in enumerate(matcher.get_grouped_opcodes(CONTEXT)):
        if number:
            yield DiffLine("@", "…")
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                for offset in range(old_end - old_start):
                    text = _shown(old[old_start + offset])
                    yield DiffLine(" ", text, old_start + offset + 1, new_start + offset + 1)
                continue
            for index in range(old_start, old_end):
                yield DiffLine("-", _shown(old[index]), index + 1, None)
            for index in range(new_start, new_end):
                yield DiffLine("+", _shown(new[index]), None, index + 1)


def _shown(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …"
