"""Rows of the audit log as JSON lines and as CSV, one at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

from governance.audit.canonical import timestamp
from governance.audit.queries import AuditRow

COLUMNS = (
    "happened_at",
    "actor",
    "means",
    "name",
    "sentence",
    "reason",
    "subject",
    "label",
    "token_id",
    "sequence",
    "digest",
    "public_id",
)
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file whose write answers what it was given: the csv module wants a file."""

    def write(self, text: str) -> str:
        """Answer the text."""
        return text


def json_lines(rows: Iterable[AuditRow]) -> Iterator[str]:
    """One object per line."""
    for row in rows:
        yield json.dumps(_values(row), ensure_ascii=False) + "\n"


def comma_separated(rows: Iterable[AuditRow]) -> Iterator[str]:
    """RFC 4180 with a header; details are one column of JSON. Cells that look like formulas get a ``'`` in front."""
    writer = csv.writer(_Echo())
    yield writer.writerow((*COLUMNS, "details"))
    for row in rows:
        values = _values(row)
        details = json.dumps(values["details"], ensure_ascii=False)
        yield writer.writerow((*(_cell(values[column]) for column in COLUMNS), details))


FORMATS: dict[str, tuple[Callable[[Iterable[AuditRow]], Iterator[str]], str]] = {
    "jsonl": (json_lines, "application/jsonl; charset=utf-8"),
    "csv": (comma_separated, "text/csv; charset=utf-8"),
}


def _values(row: AuditRow) -> dict[str, object]:
    return asdict(row) | {"happened_at": timestamp(row.happened_at)}


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
