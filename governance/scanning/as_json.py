"""A scan report for programs: plain values, the same facts as its page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from governance.scanning.matrix import ENGINES, NOT_APPLICABLE, cells
from governance.scanning.queries import FileReport, RevisionReport


def report_as_json(report: RevisionReport) -> dict[str, Any]:
    """Everything that scanning says about a revision."""
    return {**summary_as_json(report), "files": [file_as_json(file) for file in report.files]}


def summary_as_json(report: RevisionReport) -> dict[str, Any]:
    """The same without the files."""
    return {
        "revision": report.revision.sha1,
        "manifest_digest": report.revision.manifest_digest,
        "verdict": report.verdict.value,
        "is_finished": report.is_finished,
        "ruleset": report.revision.context_ruleset or None,
        "started_at": _moment(report.started_at),
        "finished_at": _moment(report.finished_at),
    }


def file_as_json(file: FileReport) -> dict[str, Any]:
    """What scanning says of one file."""
    said = zip(ENGINES, cells(file), strict=True)
    return {
        "path": file.path,
        "sha256": file.report.entry.sha256,
        "size": file.report.entry.size,
        "verdict": file.report.verdict.value,
        "ruleset": file.report.ruleset or None,
        "formats": list(file.scan.formats) if file.scan else [],
        "imports": list(file.scan.imports) if file.scan else [],
        "engines": {
            engine.name: "not_applicable" if cell == NOT_APPLICABLE else cell
            for engine, cell in said
        },
        "findings": list(file.findings),
    }


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat(timespec="seconds") if value else None
