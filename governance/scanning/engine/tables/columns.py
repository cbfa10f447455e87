"""Text with columns, and cells that a spreadsheet would not show but carry out."""

from __future__ import annotations

import re

_HEAD = 16 * 1024
_SEPARATORS = (b",", b"\t", b";")
_LINES = 2

ACTING = re.compile(
    rb"(?:^|[,;\t\"'])[ ]*(?:"
    rb"[=+@-][^\r\n]{0,60}?\w\|[ ]*'[^'\r\n]{1,300}'![\w']"  # DDE: =cmd|' /C calc'!A0
    rb"|[=@]\w{1,40}\|[^\r\n,]{1,300}!\w"
    rb"|[=+@-]{1,3}(?:HYPERLINK|WEBSERVICE|IMPORTXML|IMPORTDATA|IMPORTHTML|IMPORTFEED|IMPORTRANGE|EXEC|CALL|REGISTER|SHELL|DDE|DDEAUTO)[ ]*\("
    rb")",
    re.IGNORECASE | re.MULTILINE,
)
"""A cell that starts a program, or fetches an address, when somebody opens the table in a spreadsheet."""


def has_columns(head: bytes) -> bool:
    """Whether the first lines have the same separator, and equally many of it."""
    lines = [line for line in head[:_HEAD].splitlines() if line][:8]
    if len(lines) == 1:
        return any(separator in lines[0] for separator in _SEPARATORS)
    if len(lines) < _LINES:
        return False
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines[: max(_LINES, len(lines) - 1)]]
        if counts[0] and counts.count(counts[0]) >= len(counts) * 2 // 3:
            return True
    return False
