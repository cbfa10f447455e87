"""What our own rendered Markdown lacks to be a good page: anchors, tables that scroll, code that can be copied.

For trusted text only. The parser writes one tag after another in a known shape, so patterns are enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from django.template.loader import render_to_string

from hub.ui.icons import icon_markup

_HEADING = re.compile(r"<h([23])>(.*?)(?: ?\{#([\w-]+)\})?</h\1>", re.DOTALL)
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_CODE = re.compile(r'<div class="highlight"><pre><span></span><code>(.*?)</code></pre></div>', re.S)
_FENCE = re.compile(r"^ *```(?P<language>\w*)\n.*?^ *```$", re.MULTILINE | re.DOTALL)
_CALLOUT = re.compile(
    r'<div class="admonition (\w+)">\s*<p class="admonition-title">(.*?)</p>(.*?)</div>', re.DOTALL
)
_STATUS = {
    "note": ("info", "info"),
    "tip": ("ok", "circle-check"),
    "important": ("info", "info"),
    "warning": ("warn", "triangle-alert"),
    "caution": ("bad", "octagon-x"),
}
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A place that the list of contents leads to; ``is_deep`` for those of the second kind."""

    anchor: str
    text: str
    is_deep: bool


def languages(source: str) -> list[str]:
    """The languages of the blocks of code of a Markdown text, in their order."""
    return [match["language"] for match in _FENCE.finditer(source)]


def finish(html: str, languages: Sequence[str]) -> tuple[str, tuple[Heading, ...]]:
    """The finished body and its headings; ``languages`` are those of its blocks of code.

    Raises ``ValueError`` when two places have the same anchor.
    """
    headings: list[Heading] = []
    html = _HEADING.sub(lambda match: _heading(match, headings), html)
    anchors = [heading.anchor for heading in headings]
    if len(anchors) != len(set(anchors)):
        raise ValueError(f"An anchor stands twice: {sorted(anchors)}")
    html = _CALLOUT.sub(_notice, html)
    html = _with_samples(html, languages)
    return _with_tables(html), tuple(headings)


def _heading(match: re.Match[str], headings: list[Heading]) -> str:
    level, inner, given = match.groups()
    text = unescape(_TAG.sub("", inner))
    anchor = given or _anchor(text)
    headings.append(Heading(anchor, text, is_deep=level == "3"))
    return f'<h{level} id="{anchor}">{inner}</h{level}>'


def _anchor(text: str) -> str:
    words = "".join(c if c.isalnum() or c in "_-" else " " for c in text.lower()).split()
    return "-".join(words)


def _notice(match: re.Match[str]) -> str:
    """A callout as every page of the hub shows it: its first sentence is bold already."""
    kind, _title, body = match.groups()
    status, icon = _STATUS[kind]
    return f'<div class="note is-{status}">{icon_markup(icon)}<div>{body.strip()}</div></div>'


def _with_tables(html: str) -> str:
    """Tables in regions that scroll sideways and can be reached by keyboard, named after the heading before them."""
    parts: list[str] = []
    name = ""
    position = 0
    for match in _TABLE.finditer(html):
        before = html[position : match.start()]
        found = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", before, re.DOTALL)
        name = _TAG.sub("", found[-1]) if found else name
        body = match[1].replace("<th>", '<th scope="col">')
        parts += [
            before,
            f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table>{body}</table></div>',
        ]
        position = match.end()
    return "".join(parts) + html[position:]


def _with_samples(html: str, languages: Sequence[str]) -> str:
    """Every block of code with its language and a button that copies it."""
    numbered = enumerate(languages, start=1)

    def framed(match: re.Match[str]) -> str:
        number, language = next(numbered)
        values = {"code": match[1], "number": number, "language": language}
        return render_to_string("guide/_sample.html", values)

    return _CODE.sub(framed, html)
