"""A README.md as a card: facts, title, summary, headings and sanitised HTML. Pure; runs in a bounded child process."""

from __future__ import annotations

import hashlib
import html as entities
import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from models_catalog.cards.dialect import to_html
from models_catalog.cards.front_matter import read_front_matter, split_card
from models_catalog.cards.links import placeholder
from models_catalog.cards.outline import Outline
from models_catalog.cards.sanitise import sanitise

RENDERER = "2"
MAX_SOURCE = 512 * 1024
MAX_HTML = 4 * 2**20
MAX_PLAIN = 64 * 1024
_BRACKETS = re.compile(r"[\[(!<]{200}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What comes of a README.md. ``problems`` are sentences for its authors; ``html`` is safe to show."""

    title: str = ""
    summary: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    html: str = ""
    text: str = ""


def render(source: bytes) -> Rendered:
    """Render a card. Raises nothing for any bytes, but may take long: call it within bounds."""
    text, problems = decoded(source)
    front_matter, body = split_card(text)
    facts, found = read_front_matter(front_matter)
    problems += found
    if _BRACKETS.search(body):
        problems.append("The card has 200 brackets in a row, so it is shown as plain text.")
        return plain(source, problems, facts)
    outline = Outline()
    mark = placeholder(hashlib.sha256(source).hexdigest())
    html = sanitise(to_html(body), mark=mark, inspect=outline.inspect)
    if len(html) > MAX_HTML:
        problems.append(
            "The card is too long to be shown with its layout, so it is shown as plain text."
        )
        return plain(source, problems, facts)
    return Rendered(
        title=outline.title,
        summary=outline.summary,
        facts=facts,
        problems=problems,
        contents=outline.contents,
        html=html,
        text=outline.text,
    )


def decoded(source: bytes) -> tuple[str, list[str]]:
    """The text, whatever the bytes are, with sentences about what had to be replaced."""
    problems = []
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = source.decode("utf-8-sig", "replace")
        problems.append(
            "The card is not UTF-8 text throughout; what could not be read shows as \N{REPLACEMENT CHARACTER}."
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or c >= " "), problems


def plain(source: bytes, problems: list[str], facts: dict[str, Any] | None = None) -> Rendered:
    """The source itself, escaped: for cards that cannot be rendered within bounds. Cheap for any bytes."""
    text, _ = decoded(source[:MAX_PLAIN])
    html = f'<pre tabindex="0">{entities.escape(text)}</pre>'
    return Rendered(facts=facts or {}, problems=problems, html=html, text=" ".join(text.split()))


def render_as_json(source: bytes) -> bytes:
    """The entry point of the child process."""
    return _packed(render(source))


def plain_as_json(source: bytes) -> bytes:
    """As ``render_as_json``, for cards whose text cannot be rendered: their facts are read all the same."""
    text, problems = decoded(source)
    facts, found = read_front_matter(split_card(text)[0])
    return _packed(plain(source, problems + found, facts))


def _packed(rendered: Rendered) -> bytes:
    return json.dumps(asdict(rendered), ensure_ascii=False).encode("utf-8", "replace")
