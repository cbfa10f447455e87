"""Reading scan reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from governance.scanning.models import ContentScan, ContextScan, Ruleset
from models_catalog.revisions.models import Revision
from models_catalog.revisions.verdicts import PathReport, path_verdicts, worst_of
from models_catalog.storage.models import RANK, Verdict

EARLIER = 10
SEVERITIES = ("critical", "high", "medium", "low", "note")


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file of a report: its verdicts, what it was read as, and everything found, worst first."""

    report: PathReport
    scan: ContentScan | None
    findings: Sequence[dict[str, Any]]

    @property
    def path(self) -> str:
        """Where the file stands in the revision."""
        return self.report.path


@dataclass(frozen=True, slots=True)
class RevisionReport:
    """What scanning says about a revision, file by file, worst first."""

    revision: Revision
    files: Sequence[FileReport]
    verdict: Verdict
    scanned: int
    context: ContextScan | None

    @property
    def is_finished(self) -> bool:
        """Whether every file has been judged."""
        return all(file.report.verdict != Verdict.PENDING for file in self.files)

    @property
    def started_at(self) -> datetime | None:
        """When the first of the scans began that the report consists of."""
        scans = [file.scan for file in self.files if file.scan is not None]
        return min((s.finished_at - timedelta(seconds=s.seconds) for s in scans), default=None)

    @property
    def finished_at(self) -> datetime | None:
        """When the last of them ended; nothing while some file has not been judged."""
        if not self.is_finished:
            return None
        ended = [file.scan.finished_at for file in self.files if file.scan is not None]
        return max([*ended, *([self.context.finished_at] if self.context else [])], default=None)

    @property
    def finding_count(self) -> int:
        """How many findings there are in all."""
        return sum(len(file.findings) for file in self.files)


def report_of(revision: Revision) -> RevisionReport:
    """The report of a revision; four queries, whatever the number of files. Callers got the revision by its door."""
    reports = path_verdicts(revision)
    scans = _scans({report.entry.blob_id: report.ruleset for report in reports.values()})
    contexts = ContextScan.objects.filter(revision=revision, ruleset=revision.context_ruleset)
    context = contexts.first()
    files = [_file(report, scans.get(report.entry.blob_id), context) for report in reports.values()]
    files.sort(key=lambda file: (-RANK[file.report.verdict], file.path))
    return RevisionReport(
        revision=revision,
        files=files,
        verdict=worst_of(reports.values()),
        scanned=sum(file.report.content != Verdict.PENDING for file in files),
        context=context,
    )


def ruleset_since(version: str) -> datetime | None:
    """Since when this hub scans with a ruleset."""
    known = Ruleset.objects.filter(version=version)
    return known.values_list("in_force_since", flat=True).first()


def earlier_scans(revision: Revision) -> list[ContextScan]:
    """The judgements of the revision under other rulesets than the one its report shows, newest first."""
    others = ContextScan.objects.filter(revision=revision).exclude(ruleset=revision.context_ruleset)
    return list(others.order_by("-finished_at")[:EARLIER])


def _scans(rulesets: Mapping[int, str]) -> dict[int, ContentScan]:
    """The scan that each blob's verdict comes from, by the blob's id."""
    ids = sorted(rulesets)
    found: dict[int, ContentScan] = {}
    for start in range(0, len(ids), 500):
        for scan in ContentScan.objects.filter(blob_id__in=ids[start : start + 500]):
            if scan.ruleset == rulesets[scan.blob_id]:
                found[scan.blob_id] = scan
    return found


def _file(report: PathReport, scan: ContentScan | None, context: ContextScan | None) -> FileReport:
    findings = [
        *(scan.findings if scan else ()),
        *(context.findings.get(report.path, ()) if context else ()),
    ]
    findings.sort(key=lambda finding: SEVERITIES.index(finding["severity"]))
    return FileReport(report=report, scan=scan, findings=findings)
