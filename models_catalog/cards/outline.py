"""What a card says at a glance: its title, its first paragraph, its headings, its words."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models_catalog.cards.links import ID_PREFIX
from models_catalog.cards.sanitise import Token

MAX_TITLE = 200
MAX_SUMMARY = 400
MAX_TEXT = 100_000
MAX_HEADINGS = 200
TOP = 2  # the page has the only h1
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TEMPLATE_TITLE = re.compile(r"^model card (?:for|of)[:\s]+", re.I)
_BREAKS = frozenset(
    {
        *_HEADINGS,
        "p",
        "li",
        "tr",
        "td",
        "th",
        "pre",
        "div",
        "br",
        "blockquote",
        "dt",
        "dd",
        "summary",
    }
)


@dataclass
class Outline:
    """Filled while the tokens of a card pass by."""

    title: str = ""
    summary: str = ""
    text: str = ""
    contents: list[tuple[int, str, str]] = field(default_factory=list)

    def inspect(self, tokens: list[Token]) -> list[Token]:
        """Read the card; answer it without its title, which the page's head shows, and with headings from h2 down."""
        spans = list(_headings(tokens))
        titles = [span for span in spans if tokens[span[0]]["name"] == "h1"]
        dropped: tuple[int, int] | None = None
        if titles and _words(tokens[slice(*titles[0])]):
            dropped = titles[0]
            title = _TEMPLATE_TITLE.sub("", _words(tokens[slice(*dropped)]))
            self.title = title[:MAX_TITLE]
        self.summary = _summary(tokens)
        self.text = _words(tokens)[:MAX_TEXT]
        self._number([span for span in spans if span != dropped], tokens)
        if dropped is None:
            return tokens
        return tokens[: dropped[0]] + tokens[dropped[1] :]

    def _number(self, spans: list[tuple[int, int]], tokens: list[Token]) -> None:
        """Give every heading its level and its id, and list it."""
        levels = [int(tokens[start]["name"][1]) for start, _ in spans]
        shift = TOP - min(levels, default=TOP)
        taken: set[str] = set()
        reached = TOP - 1
        for (start, end), level in zip(spans, levels, strict=True):
            reached = min(level + shift, reached + 1, 6)
            text = _words(tokens[start:end])
            anchor = _anchor(text, taken)
            tokens[start]["name"] = tokens[end - 1]["name"] = f"h{reached}"
            tokens[start]["data"][(None, "id")] = anchor
            if text and len(self.contents) < MAX_HEADINGS:
                self.contents.append((reached, anchor, text[:MAX_TITLE]))


def _headings(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """(first, behind last) of each heading that is closed properly."""
    start: int | None = None
    for index, token in enumerate(tokens):
        if token.get("name") not in _HEADINGS:
            continue
        if token["type"] == "StartTag":
            start = index
        elif (
            token["type"] == "EndTag"
            and start is not None
            and tokens[start]["name"] == token["name"]
        ):
            yield start, index + 1
            start = None


def _anchor(text: str, taken: set[str]) -> str:
    """As GitHub makes them: lower case, hyphens for spaces, no punctuation; a number when it is taken."""
    slug = (
        "".join(c for c in text.lower().replace(" ", "-") if c.isalnum() or c in "-_")[:100]
        or "section"
    )
    unique, number = slug, 1
    while unique in taken:
        unique, number = f"{slug}-{number}", number + 1
    taken.add(unique)
    return ID_PREFIX + unique


def _words(tokens: list[Token]) -> str:
    """The text of some tokens, with single spaces."""
    parts: list[str] = []
    for token in tokens:
        if token["type"] in ("Characters", "SpaceCharacters"):
            parts.append(token["data"])
        elif token["type"] == "Entity":
            parts.append(entities.unescape(f"&{token['name']};"))
        elif token.get("name") in _BREAKS:
            parts.append(" ")
    return " ".join("".join(parts).split())


def _summary(tokens: list[Token]) -> str:
    """The first paragraph that says something: not a row of badges, not inside a quotation, list or table."""
    outside, start = 0, None
    for index, token in enumerate(tokens):
        name, kind = token.get("name"), token["type"]
        if name in ("blockquote", "li", "table", "details"):
            outside += {"StartTag": 1, "EndTag": -1}.get(kind, 0)
        elif name == "p" and kind == "StartTag":
            start = index if outside <= 0 else None
        elif name == "p" and kind == "EndTag" and start is not None:
            text = _words(tokens[start:index])
            linked = sum(
                1
                for each in tokens[start:index]
                if each.get("name") == "a" and each["type"] == "StartTag"
            )
            if len(text) >= 20 and " " in text and len(text) > 40 * (linked - 1):
                return _shortened(text)
            start = None
    return ""


def _shortened(text: str) -> str:
    """At most ``MAX_SUMMARY`` characters, cut at the end of a sentence or at least of a word."""
    if len(text) <= MAX_SUMMARY:
        return text
    cut = text[:MAX_SUMMARY]
    sentence = cut.rfind(". ")
    return cut[: sentence + 1] if sentence > MAX_SUMMARY // 3 else cut.rsplit(" ", 1)[0] + " …"
