"""Patterns for names that cost little to match, whatever the pattern and the name are.

``*`` any characters, ``?`` one, ``[abc]`` ``[a-z]`` ``[!0-9]`` one of a class, ``{one,other}`` either. They become a regular
expression without back-tracking: after ``*`` the first place where what follows fits is taken and never reconsidered,
which is enough because only another ``*`` can come later.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from django.utils.translation import gettext as _

from hub.core.errors import Invalid

MAX_LENGTH = 120
MOST_ALTERNATIVES = 64

_PIECE = re.compile(
    r"(?P<any>\*+)|(?P<one>\?)|\[(?P<class>!?[A-Za-z0-9._-]{1,40})\]|\{(?P<either>[^{}\[\]*?]{1,100})\}"
    r"|(?P<text>[^\[\]{}*?/]+)",
    re.A,
)
_CLASS = re.compile(r"!?(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9._]|-\Z)+", re.A)
Parts = list[list[str]]  # the alternatives of each piece, as regular expressions; ANY for a star
ANY = "*"


def check_pattern(pattern: str) -> None:
    """Raises ``Invalid`` when the pattern cannot be read."""
    if len(pattern) > MAX_LENGTH:
        raise Invalid(_("A pattern has at most {most} characters.").format(most=MAX_LENGTH))
    alternatives = 1
    for part in _parts(pattern):
        alternatives *= len(part)
    if alternatives > MOST_ALTERNATIVES:
        raise Invalid(_("The pattern stands for too many others. Write several."))


def matches(pattern: str, name: str) -> bool:
    """Whether the whole name fits; a pattern that cannot be read fits nothing."""
    return any(each.fullmatch(name) for each in _compiled(pattern))


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> tuple[re.Pattern[str], ...]:
    try:
        check_pattern(pattern)
    except Invalid:
        return ()
    return tuple(re.compile(_expression(chosen), re.S) for chosen in product(*_parts(pattern)))


def _expression(pieces: tuple[str, ...]) -> str:
    """Between two stars the first place that fits is taken for good; the last piece stands at the end."""
    first, *rest = " ".join(pieces).split(ANY) if ANY in pieces else [" ".join(pieces)]
    first, *rest = [part.replace(" ", "") for part in (first, *rest)]
    if not rest:
        return first
    between = "".join(f"(?>.*?{part})" for part in rest[:-1] if part)
    return f"{first}{between}.*{rest[-1]}"


def _parts(pattern: str) -> Parts:
    parts: Parts = []
    at = 0
    while at < len(pattern):
        found = _PIECE.match(pattern, at)
        if found is None:
            raise Invalid(_("“{text}” cannot be read.").format(text=pattern[at : at + 20]))
        parts.append(_alternatives(found))
        at = found.end()
    return parts


def _alternatives(found: re.Match[str]) -> list[str]:
    if found["any"]:
        return [ANY]
    if found["one"]:
        return ["."]
    if found["class"]:
        ranges = re.findall(r"(\w)-(\w)", found["class"])
        if not _CLASS.fullmatch(found["class"]) or any(last < first for first, last in ranges):
            raise Invalid(_("“{text}” cannot be read.").format(text=found[0]))
        inverted = found["class"].startswith("!")
        return [f"[{'^' if inverted else ''}{found['class'].removeprefix('!')}]"]
    if found["either"]:
        return [_literal(each) for each in found["either"].split(",")]
    return [_literal(found["text"])]


def _literal(text: str) -> str:
    return "".join(f"\\x{ord(c):02x}" if c.isascii() and not c.isalnum() else c for c in text)
