"""Markdown as cards write it (GitHub's dialect), for a parser that follows the original one.

GitHub needs no empty line before a list or a table and indents nested lists by the width of the marker; the parser
needs the line and four spaces. This module rewrites the source accordingly, in one pass over its lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from markdown import Markdown

_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])( +)(?=\S)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_FENCE = re.compile(r" *(`{3,}|~{3,})")
_TABLE_RULE = re.compile(r" *\|? *:?-+:? *(?:\| *:?-+:? *)+\|? *$")

_EXTENSIONS = (
    "markdown.extensions.tables",
    "markdown.extensions.footnotes",
    "markdown.extensions.sane_lists",
    "pymdownx.superfences",
    "pymdownx.highlight",
    "pymdownx.tasklist",
    "pymdownx.quotes",
    "pymdownx.tilde",
    "pymdownx.magiclink",
    "pymdownx.saneheaders",
)
_SETTINGS: dict[str, dict[str, Any]] = {
    "markdown.extensions.tables": {"use_align_attribute": True},
    "pymdownx.highlight": {"css_class": "highlight", "guess_lang": False},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.tilde": {"subscript": False},
}


def to_html(source: str) -> str:
    """Untrusted HTML for untrusted Markdown: it must be sanitised before anybody sees it."""
    parser = Markdown(extensions=list(_EXTENSIONS), extension_configs=_SETTINGS)
    return parser.convert(adapt(source))


@dataclass
class _State:
    """Where the pass stands: content columns of the open list items, the open fence, the line before."""

    columns: list[int] = field(default_factory=list)
    fence: str = ""
    shift: int = 0
    before: str = ""
    lines: list[str] = field(default_factory=list)

    def put(self, line: str) -> None:
        self.lines.append(line)
        self.before = line


def adapt(source: str) -> str:
    """The same text with the empty lines and indentations that the parser needs."""
    state = _State()
    lines = source.split("\n")
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        _take(state, line, following)
    return "\n".join(state.lines)


def _take(state: _State, line: str, following: str) -> None:
    if state.fence:
        _inside_fence(state, line)
        return
    text = line.lstrip(" \t")
    line = line[: len(line) - len(text)].expandtabs(4) + text
    item = None if _RULE.match(line) else _ITEM.match(line)
    if item and (state.columns or len(item[1]) < 4):
        _list_item(state, line, item)
        return
    if not line.strip():
        state.put("")
        return
    _leave_lists(state, line)
    fence = _FENCE.match(line)
    if fence:
        state.fence = fence[1]
        if state.before.strip() and not state.columns:
            state.put("")
    is_table = "|" in line and _TABLE_RULE.match(following) is not None
    if is_table and state.before.strip() and "|" not in state.before:
        state.put("")
    state.put(_moved(line, state.shift))


def _list_item(state: _State, line: str, item: re.Match[str]) -> None:
    indent = len(item[1])
    starts = not state.columns
    while state.columns and indent < state.columns[-1]:
        state.columns.pop()
    level = len(state.columns)
    if starts and state.before.strip() and (not item[2][0].isdigit() or item[2][:-1] == "1"):
        state.put("")
    state.columns.append(item.end(2) + min(len(item[3]), 4))
    marker = item[2].replace(")", ".")
    state.shift = 4 * len(state.columns) - state.columns[-1]
    state.put(" " * (4 * level) + f"{marker} " + line[item.end() :])


def _leave_lists(state: _State, line: str) -> None:
    """After an empty line, text that is not indented under an item ends it."""
    if not state.columns:
        state.shift = 0
        return
    indent = len(line) - len(line.lstrip(" "))
    if not state.before.strip() or line.startswith("#"):
        while state.columns and indent < state.columns[-1]:
            state.columns.pop()
    state.shift = 4 * len(state.columns) - state.columns[-1] if state.columns else 0


def _inside_fence(state: _State, line: str) -> None:
    state.put(_moved(line, state.shift))
    closing = line.strip()
    if closing.startswith(state.fence) and not closing.strip(state.fence[0]):
        state.fence = ""


def _moved(line: str, shift: int) -> str:
    """The line indented by ``shift`` more columns; a line with less indentation than its list has stays put."""
    if shift >= 0:
        return " " * shift + line if shift and line.startswith(" ") else line
    return line[min(-shift, len(line) - len(line.lstrip(" "))) :]
