"""``/models/<namespace>/<name>/scans/<revision>``: what scanning says, of a revision and file by file."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.scan_shapes import (
    FILE_EXAMPLE,
    REPORT_EXAMPLE,
    SARIF_EXAMPLE,
    SCAN_EXAMPLE,
    SarifShape,
    ScannedFileShape,
    ScanReportShape,
    ScanShape,
)
from governance.scanning.as_json import file_as_json, summary_as_json
from governance.scanning.queries import FileReport, RevisionReport, report_of
from governance.web.scan_pages import SARIF, report_answer, sarif_answer
from hub.api.operations import IF_NONE_MATCH, Answer, operation
from hub.api.pages import page_answer, slice_of, wanted_page
from hub.api.shapes import shown, shown_all
from hub.core.errors import NotFound
from models_catalog.api.doors import AT, FILE, BytesOfModel, OfModel
from models_catalog.revisions.queries import NO_SUCH_FILE
from models_catalog.storage.models import RANK


def scan_facts(report: RevisionReport) -> dict[str, Any]:
    """The answer about a revision."""
    severities = Counter(found["severity"] for file in report.files for found in file.findings)
    return summary_as_json(report) | {
        "file_count": len(report.files),
        "scanned_count": report.scanned,
        "verdicts": dict(Counter(file.report.verdict.value for file in report.files)),
        "findings": dict(severities),
    }


class Scan(OfModel):
    """What scanning says of a revision."""

    open_to_strangers = ("GET",)

    @operation(
        name="scan_read",
        tag="Scans",
        purpose="Read what scanning says of a revision",
        answer=Answer(ScanShape, SCAN_EXAMPLE),
        places=AT,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> HttpResponseBase:
        """In figures; the files have an address of their own."""
        report = report_of(self.revision(namespace, name, revision))
        where = reverse("api:scan-report", args=[namespace, name, revision])
        said = scan_facts(report) | {"report": request.build_absolute_uri(where)}
        return self.one(shown(ScanShape, said))


class ScannedFiles(OfModel):
    """What scanning says, file by file."""

    open_to_strangers = ("GET",)

    @operation(
        name="scan_file_list",
        tag="Scans",
        purpose="List what scanning says of the files of a revision",
        details="The worst first, then by path.",
        answer=Answer(ScannedFileShape, FILE_EXAMPLE, is_list=True),
        places=AT,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> Response:
        """The worst first."""
        wanted = wanted_page(request)
        files = report_of(self.revision(namespace, name, revision)).files
        start, stop, beside = slice_of([_place(file) for file in files], wanted)
        items = shown_all(ScannedFileShape, map(file_as_json, files[start:stop]))
        return page_answer(request, items, beside)


class ScannedFile(OfModel):
    """What scanning says of one file."""

    open_to_strangers = ("GET",)

    @operation(
        name="scan_file_read",
        tag="Scans",
        purpose="Read what scanning says of a file",
        answer=Answer(ScannedFileShape, FILE_EXAMPLE),
        places=FILE,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(
        self, request: Request, namespace: str, name: str, revision: str, path: str
    ) -> HttpResponseBase:
        """With everything that was found in it."""
        files = report_of(self.revision(namespace, name, revision)).files
        found = next((file for file in files if file.path == path), None)
        if found is None:
            raise NotFound(NO_SUCH_FILE)
        return self.one(shown(ScannedFileShape, file_as_json(found)))


class ScanReport(BytesOfModel):
    """The report as a file to keep."""

    open_to_strangers = ("GET",)

    @operation(
        name="scan_report_read",
        tag="Scans",
        purpose="Take the scan report of a revision away",
        details="Everything in one JSON file: the same as the page’s download.",
        answer=Answer(ScanReportShape, REPORT_EXAMPLE, means="The report, with all of its files."),
        places=AT,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> HttpResponseBase:
        """All files at once."""
        repo = self.repo(namespace, name)
        return report_answer(repo, report_of(self.revision(namespace, name, revision)))


class ScanSarif(BytesOfModel):
    """The report in SARIF."""

    open_to_strangers = ("GET",)

    @operation(
        name="scan_sarif_read",
        tag="Scans",
        purpose="Take the scan report of a revision away in SARIF",
        details="SARIF 2.1.0, which editors and continuous integration show. Unfinished files are results, too.",
        answer=Answer(SarifShape, SARIF_EXAMPLE, means="The report, as one run.", media_type=SARIF),
        places=AT,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> HttpResponseBase:
        """All files at once."""
        repo = self.repo(namespace, name)
        return sarif_answer(request, repo, report_of(self.revision(namespace, name, revision)))


def _place(file: FileReport) -> str:
    """Sorts as reports are sorted: the worst verdict first, then by path."""
    return f"{len(RANK) - RANK[file.report.verdict]}/{file.path}"
