"""Text as words to search by, the same for both databases and for texts and questions.

A part is a run of letters and digits; it is kept whole and in its pieces at the borders of digits and letters
(``8b`` → ``8b 8 b``), so that ``llama 8b``, ``8b llama`` and ``llama8b`` find the same names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_WORD = 60
MAX_NAME = 80
MAX_SUMMARY = 200
MAX_CARD = 5_000
MAX_ASKED = 12
_PIECES = re.compile(r"\d+|\D+")
_DIACRITICS = range(0x300, 0x370)
_LETTERS = str.maketrans("øłđð\u0131ħŋ", "olddihn") | str.maketrans(
    {"þ": "th", "æ": "ae", "œ": "oe"}
)


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a question, whole and in pieces; a text has it when it has the whole or all of the pieces."""

    whole: str
    pieces: tuple[str, ...]
    is_prefix: bool = False


def folded(text: str) -> str:
    """Without case, accents and widths; scripts whose vowels are marks (Devanagari, Thai) keep them."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in decomposed if ord(c) not in _DIACRITICS)
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def _parts(text: str) -> Iterator[str]:
    letters = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded(text))
    for part in "".join(letters).split():
        yield part[:MAX_WORD]


def words_of(text: str, *, limit: int) -> list[str]:
    """The first ``limit`` different words of a text, in their order."""
    found: dict[str, None] = {}
    for part in _parts(text):
        found[part] = None
        pieces = _PIECES.findall(part)
        if len(pieces) > 1:
            found.update(dict.fromkeys(pieces))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def terms_of(question: str) -> list[Term]:
    """What a text must have to answer a question, in any order; the last one may be the beginning of a word."""
    parts = list(dict.fromkeys(_parts(question)))[:MAX_ASKED]
    return [
        Term(whole=part, pieces=tuple(_PIECES.findall(part)), is_prefix=number == len(parts))
        for number, part in enumerate(parts, start=1)
    ]
