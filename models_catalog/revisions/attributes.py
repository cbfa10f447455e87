"""Which files a ``.gitattributes`` wants kept out of git's own objects (``filter=lfs``), in time that nobody can stretch.

Patterns follow gitattributes(5). A pattern becomes regular expressions that never step back over a ``*`` they have
passed, so that one of many wildcards costs no more than the length of the path. Macros and POSIX classes are not
followed: a pattern that holds one matches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from dulwich.attrs import parse_git_attributes

MAX_RULES = 500
MAX_PATTERN_BYTES = 200
MAX_FOLDERS = 20  # components of a pattern

_ANY_FOLDERS = None


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern, one expression per component (``None`` for ``**``), and whether what it matches is large."""

    parts: Sequence[re.Pattern[bytes] | None]
    is_anchored: bool
    is_large: bool


class Attributes:
    """The rules of one file, those that say something of ``filter``."""

    def __init__(self, text: bytes = b"") -> None:
        self._rules = list(_rules(text))
        self._rules.reverse()  # the last rule that matches decides

    def is_large(self, path: str) -> bool:
        """Whether the file is to stand in the tree as a pointer."""
        components = path.encode().split(b"/")
        for rule in self._rules:
            if _matches(rule, components):
                return rule.is_large
        return False


def _rules(text: bytes) -> Iterator[_Rule]:
    for pattern, attributes in islice(parse_git_attributes(BytesIO(text)), MAX_RULES):
        if b"filter" not in attributes or len(pattern) > MAX_PATTERN_BYTES:
            continue
        parts = pattern.removeprefix(b"/").split(b"/")
        if len(parts) > MAX_FOLDERS:
            continue
        with suppress(re.error, ValueError):
            yield _Rule(
                parts=[_ANY_FOLDERS if _is_any(part) else _expression(part) for part in parts],
                is_anchored=b"/" in pattern,
                is_large=attributes[b"filter"] == b"lfs",
            )


def _is_any(part: bytes) -> bool:
    return len(part) > 1 and not part.strip(b"*")


def _matches(rule: _Rule, components: Sequence[bytes]) -> bool:
    if not rule.is_anchored:
        only = rule.parts[0]
        return only is None or only.fullmatch(components[-1]) is not None
    ends = {0}  # how many components the parts so far may have taken
    last = len(rule.parts) - 1
    for place, part in enumerate(rule.parts):
        if part is None:
            least = min(ends, default=len(components)) + (
                place == last
            )  # ``a/**`` is what lies in it
            ends = set(range(least, len(components) + 1))
        else:
            ends = {
                end + 1 for end in ends if end < len(components) and part.fullmatch(components[end])
            }
    return len(components) in ends


def _expression(part: bytes) -> re.Pattern[bytes]:
    """One component of a pattern. Raises ``ValueError`` or ``re.error`` for what git would not take either."""
    pieces = [b""]
    place = 0
    while place < len(part):
        if part[place : place + 1] == b"*":
            pieces.append(b"")
            place += 1
            continue
        piece, place = _one(part, place)
        pieces[-1] += piece
    first, *others = pieces
    if not others:
        return re.compile(first, re.DOTALL)
    *middle, end = others
    atomic = b"".join(b"(?>.*?" + piece + b")" for piece in middle if piece)
    return re.compile(first + atomic + b".*" + end, re.DOTALL)


def _one(part: bytes, place: int) -> tuple[bytes, int]:
    """The expression of the character, ``?`` or class at ``place``, and where the next one begins."""
    character = part[place : place + 1]
    if character == b"?":
        return b".", place + 1
    if character == b"[":
        return _class(part, place)
    if character == b"\\":
        place += 1
        character = part[place : place + 1]
        if not character:
            raise ValueError("a pattern ends with a backslash")
    return re.escape(character), place + 1


def _class(part: bytes, place: int) -> tuple[bytes, int]:
    start = place + 1
    is_negated = part[start : start + 1] in (b"!", b"^")
    start += is_negated
    end = part.index(b"]", start + 1)
    inside = part[start:end]
    if b"[" in inside or b"\\" in inside:
        raise ValueError("a class within a class")
    escaped = b"".join(c if c == b"-" else re.escape(c) for c in _characters(inside))
    return b"[" + (b"^" if is_negated else b"") + escaped + b"]", end + 1


def _characters(text: bytes) -> Iterator[bytes]:
    for place in range(len(text)):
        yield text[place : place + 1]
