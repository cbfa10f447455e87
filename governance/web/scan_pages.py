"""The scan report of a revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.scanning.isolation import HELD
from governance.scanning.queries import SEVERITIES, FileReport, RevisionReport, report_of
from hub.ui.parts import EvidenceLine, Fact, FindingBlock
from hub.ui.rendering import render_page
from hub.ui.vocabulary import word
from hub.web.requests import HubRequest
from models_catalog.web.head import open_model

MAX_FINDINGS = 200
MAX_FILES = 1000


@login_not_required
@require_safe
def scan_report(
    request: HubRequest, namespace: str, name: str, revision: str = "main"
) -> HttpResponse:
    """What scanning says about each file of a revision, with its evidence."""
    view = open_model(request, namespace, name, tab="security", revision=revision)
    report = report_of(view.revision)
    severity = request.GET.get("severity", "")
    blocks = [b for b in _blocks(report) if not severity or b.severity == severity]
    context = {
        "view": view,
        "head": view.head,
        "rev": revision,
        "report": report,
        "summary": _summary(report),
        "findings": blocks[:MAX_FINDINGS],
        "finding_count": len(blocks),
        "severity": severity,
        "severities": [(key, word("severity", key).text) for key in SEVERITIES],
        "counts": _counts(report),
        "rows": [_row(file) for file in report.files[:MAX_FILES]],
        "engine": _engine(report),
    }
    return render_page(request, "governance/scan.html", context, fragment="report")


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of the table of every file."""

    path: str
    verdict: str
    formats: str
    size: int
    imports: Sequence[str]


def _row(file: FileReport) -> FileRow:
    scan = file.scan
    return FileRow(
        path=file.path,
        verdict=file.report.verdict,
        formats=", ".join(scan.formats) if scan else "",
        size=file.report.entry.size,
        imports=[found["name"] for found in (scan.imports if scan else ())][:30],
    )


def _blocks(report: RevisionReport) -> list[FindingBlock]:
    blocks = [_block(file, finding) for file in report.files for finding in file.findings]
    return sorted(blocks, key=lambda block: SEVERITIES.index(block.severity))


def _block(file: FileReport, finding: Mapping[str, Any]) -> FindingBlock:
    where = f"{file.path}, {finding['where']}" if finding["where"] else file.path
    if finding["offset"] is not None:
        where += _(", offset %(offset)d") % {"offset": finding["offset"]}
    return FindingBlock(
        severity=finding["severity"],
        title=finding["title"],
        rule=finding["rule"],
        meaning=finding["detail"],
        file=where,
        fix=finding["advice"],
        evidence=[
            EvidenceLine(
                place=str(row["offset"]),
                operation=row["operation"],
                argument=row["argument"],
                meaning=row["meaning"],
                is_suspect=bool(row["meaning"]),
            )
            for row in finding["evidence"]
        ],
    )


def _counts(report: RevisionReport) -> list[Fact]:
    found = [finding["severity"] for file in report.files for finding in file.findings]
    return [Fact(word("severity", key).text, str(found.count(key))) for key in SEVERITIES]


def _summary(report: RevisionReport) -> str:
    """One sentence for somebody who is not an expert."""
    worst = report.files[0] if report.files else None
    if worst is None or report.verdict == "safe":
        return _("Every file was opened and nothing harmful was found.")
    if report.verdict == "pending":
        return _("%(done)d of %(all)d files have been scanned so far.") % {
            "done": report.scanned,
            "all": len(report.files),
        }
    if report.verdict == "dangerous":
        title = worst.findings[0]["title"] if worst.findings else _("It is dangerous to open")
        return _("%(path)s: %(title)s. It is not handed out to anybody.") % {
            "path": worst.path,
            "title": title,
        }
    if report.verdict == "error":
        return _("%(path)s could not be scanned, so it is held back.") % {"path": worst.path}
    return _("%(path)s needs a person to look at it before it can be approved.") % {
        "path": worst.path
    }


def _engine(report: RevisionReport) -> list[Fact]:
    scans = [file.scan for file in report.files if file.scan is not None]
    if not scans:
        return []
    newest = max(scans, key=lambda scan: scan.finished_at)
    held = [key for key, value in newest.isolation.items() if value == HELD]
    return [
        Fact(_("Ruleset"), newest.ruleset),
        Fact(_("Newest scan"), f"{newest.finished_at:%-d %b %Y, %H:%M}"),
        Fact(_("Time"), f"{sum(scan.seconds for scan in scans):.1f} s"),
        Fact(_("Isolated by"), ", ".join(held) or "–"),
    ]
