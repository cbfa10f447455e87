"""Text with columns: its words are judged as text, here are the cells that a spreadsheet would carry out.

A cell that merely begins with a sign is ordinary: numbers, names of accounts, lists in Markdown.
"""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.tables.columns import ACTING, has_columns
from governance.scanning.engine.text import CHUNK

_OVERLAP = 512


def analyse(subject: Subject) -> None:
    """Look for the first cell that would act, if the text has columns at all."""
    if not has_columns(subject.reader.read_at(0, CHUNK)):
        return
    carried = b""
    for offset in range(0, subject.reader.size, CHUNK):
        piece = carried + subject.reader.read_at(offset, CHUNK)
        match = ACTING.search(piece)
        if match:
            at = offset - len(carried) + match.start()
            shown = match[0].strip().decode("utf-8", "replace")
            subject.add(
                rules.tables.TAB_FORMULA,
                f"The cell at byte {at:,} is a formula: {shown}. A spreadsheet would follow it.",
                offset=at,
            )
            return
        carried = piece[-_OVERLAP:]
