"""The scan report of a revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.scanning.as_json import report_as_json
from governance.scanning.as_sarif import report_as_sarif
from governance.scanning.isolation import HELD
from governance.scanning.matrix import ENGINES, cells, engine_of
from governance.scanning.queries import (
    SEVERITIES,
    FileReport,
    RevisionReport,
    earlier_scans,
    report_of,
    ruleset_since,
)
from hub.ui.parts import EvidenceLine, Fact, FindingBlock
from hub.ui.rendering import render_page
from hub.ui.times import when, when_exactly
from hub.ui.vocabulary import word
from hub.web.requests import HubRequest
from models_catalog.repos.models import Repo
from models_catalog.versions.queries import may_see_unreleased
from models_catalog.web.head import open_model

SARIF = "application/sarif+json"
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
    if request.GET.get("format") == "json":
        return report_answer(view.repo, report)
    if request.GET.get("format") == "sarif":
        return sarif_answer(request, view.repo, report)
    severity = request.GET.get("severity", "")
    blocks = [b for b in _blocks(report) if not severity or b.severity == severity]
    context = {
        "view": view,
        "head": view.head,
        "shows_waivers": may_see_unreleased(view.repo, actor=request.actor),
        "rev": revision,
        "report": report,
        "summary": _summary(report),
        "findings": blocks[:MAX_FINDINGS],
        "finding_count": len(blocks),
        "severity": severity,
        "severities": [(key, word("severity", key).text) for key in SEVERITIES],
        "counts": _counts(report),
        "rows": [_row(file) for file in report.files[:MAX_FILES]],
        "engines": [engine.title for engine in ENGINES],
        "engine": _engine(report),
        "earlier": earlier_scans(view.revision),
    }
    return render_page(request, "governance/scan.html", context, fragment="report")


def report_answer(repo: Repo, report: RevisionReport) -> JsonResponse:
    """The report as a file to keep, for every face."""
    name = f"{repo.name}-{report.revision.sha1[:12]}-scan.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return JsonResponse(report_as_json(report), headers=headers, json_dumps_params={"indent": 2})


def sarif_answer(request: HttpRequest, repo: Repo, report: RevisionReport) -> JsonResponse:
    """The report in the form that editors and continuous integration show, for every face."""
    sha1 = report.revision.sha1
    page = reverse("governance:scan-report", args=[repo.namespace.name, repo.name, sha1])
    said = report_as_sarif(report, address=request.build_absolute_uri(page))
    named = f'attachment; filename="{repo.name}-{sha1[:12]}-scan.sarif"'
    return JsonResponse(
        said,
        headers={"Content-Disposition": named},
        content_type=SARIF,
        json_dumps_params={"indent": 2},
    )


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of the table of every file."""

    path: str
    verdict: str
    formats: str
    size: int
    imports: Sequence[str]
    cells: Sequence[str]


def _row(file: FileReport) -> FileRow:
    scan = file.scan
    return FileRow(
        path=file.path,
        verdict=file.report.verdict,
        formats=", ".join(scan.formats) if scan else "",
        size=file.report.entry.size,
        imports=[found["name"] for found in (scan.imports if scan else ())][:30],
        cells=cells(file),
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
        found_by=_found_by(file, finding),
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


def _found_by(file: FileReport, finding: Mapping[str, Any]) -> str:
    engine = engine_of(finding["rule"])
    if engine is None or not file.report.ruleset:
        return ""
    return _("%(engine)s, ruleset %(ruleset)s") % {
        "engine": engine.title,
        "ruleset": file.report.ruleset,
    }


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
        return _("%(path)s: %(title)s. Downloads of this file are stopped for everybody.") % {
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
    held = [key.replace("_", " ") for key, value in newest.isolation.items() if value == HELD]
    since = ruleset_since(newest.ruleset)
    return [
        Fact(_("Ruleset"), newest.ruleset),
        *([Fact(_("In force since"), when(since))] if since else []),
        Fact(_("Started"), when_exactly(report.started_at)),
        Fact(_("Ended"), when_exactly(report.finished_at) or _("Not yet")),
        Fact(_("Time"), f"{sum(scan.seconds for scan in scans):.1f} s"),
        Fact(_("Isolated by"), ", ".join(held) or "–"),
    ]
