"""Words in a chat template that have no business there.

This looks at words, not at structure: a template is code, and a careful one can hide from a list of words. A full
analyser that parses the template and walks its tree is to replace it; until then a template that says nothing
suspicious passes. Templates are never rendered here.
"""

from __future__ import annotations

import re

_CODE = re.compile(
    r"""\{\#.*?(?:\#\}|\Z)                                      # a comment, skipped as Jinja would
    |   \{[%{] (?: [^'"%}] | '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | [%}](?!\}) )*""",
    re.DOTALL | re.VERBOSE,
)
_STATEMENT = re.compile(r"\{%[-+]?\s*(import|from|include|extends|raw)\b")
_RISKY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("double underscores", re.compile(r"__")),
    ("underscores spelled out", re.compile(r"\\x5f|\\u005f|\\137|\\N\{LOW LINE\}|['\"]_['\"]|\.fromhex\b", re.IGNORECASE)),
    ("attr", re.compile(r"\battr\s*\(|\|\s*attr\b")),
    ("cycler, joiner or lipsum", re.compile(r"\b(?:cycler|joiner|lipsum)\b")),
    ("the inside of namespace", re.compile(r"\bnamespace\s*(?:[.\[|]|%\}|\}\})")),
    ("self, request or config", re.compile(r"(?<![.\w'\"])(?:self|request|config)\s*[.\[|]")),
    ("functions of Python", re.compile(r"\b(?:globals|builtins|popen|subprocess|eval|exec|getattr|mro|subclasses)\b")),
)  # fmt: skip


def risky_words(template: str) -> list[str]:
    """What a template reaches for, in words; empty when it is no template or an ordinary one."""
    blocks = [block for block in _CODE.findall(template) if not block.startswith("{#")]
    found = [
        f"the statement {match.group(1)}" for block in blocks if (match := _STATEMENT.match(block))
    ]
    for label, pattern in _RISKY:
        if any(pattern.search(block) for block in blocks):
            found.append(label)
    return list(dict.fromkeys(found))
