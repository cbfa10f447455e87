"""The Files tab: folders, single files, and the bytes themselves."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from hub.core.errors import DomainError, NotFound
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.artifacts.queries import header_of
from models_catalog.downloads.access import may_fetch, standing
from models_catalog.downloads.actions import open_file
from models_catalog.revisions.queries import file_of
from models_catalog.revisions.verdicts import path_verdicts
from models_catalog.versions.history import visible_last_changes
from models_catalog.versions.queries import NO_SUCH_REVISION, visible_versions
from models_catalog.web.converters import is_revision_name
from models_catalog.web.file_views import folder_rows, parents_of, text_lines
from models_catalog.web.head import open_model, with_scan
from models_catalog.web.tensors import tensor_table


@login_not_required
@require_safe
def tree(
    request: HubRequest, namespace: str, name: str, revision: str, path: str = ""
) -> HttpResponse:
    """A folder of a revision."""
    view = open_model(request, namespace, name, tab="files", revision=revision)
    how = standing(view.repo, view.revision, actor=request.actor)
    reports = path_verdicts(view.revision)
    page = folder_rows(reports, path, after=request.GET.get("after", ""))
    shown = [row.report.entry for row in page.rows if row.report]
    changed = visible_last_changes(view.revision, shown, actor=request.actor)
    for row in page.rows:
        if row.report is not None:
            row.may_fetch = may_fetch(row.report, how, actor=request.actor)
            row.changed = changed.get(row.report.path)
    report_url = reverse("governance:scan-report", args=[namespace, name, revision])
    context: dict[str, Any] = {
        "view": view,
        "head": with_scan(view.head, reports, report_url),
        "rights": view.actions,
        "rev": revision,
        "path": path,
        "parents": parents_of(path),
        "page": page,
        "sizes": [(row.name, row.size) for row in page.rows],
        "versions": visible_versions(view.repo, actor=request.actor)[:50],
        "is_moving": any(report.verdict == "pending" for report in reports.values()),
        "may_fetch_all": all(may_fetch(r, how, actor=request.actor) for r in reports.values()),
        "lacks_terms": how.lacks_terms,
        "withdrawal": how.withdrawal,
    }
    return render_page(request, "catalog/tree.html", context, fragment="files")


@login_not_required
@require_safe
def pick_revision(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Where the form that chooses a version leads."""
    chosen = request.GET.get("revision", "").strip("/") or "main"
    if not is_revision_name(chosen):
        raise NotFound(NO_SUCH_REVISION)
    return redirect("catalog:tree", namespace, name, chosen)


@login_not_required
@require_safe
def file(request: HubRequest, namespace: str, name: str, revision: str, path: str) -> HttpResponse:
    """One file: its facts, its verdict, and its text or header where that can be shown."""
    view = open_model(request, namespace, name, tab="files", revision=revision)
    entry = file_of(view.revision, path)
    how = standing(view.repo, view.revision, actor=request.actor)
    report = path_verdicts(view.revision, {path: entry})[path]
    refusal = ""
    lines = None
    header = None
    try:
        opened = open_file(view.repo, revision, path, actor=request.actor)
        lines = text_lines(opened)
        header = header_of(entry.blob_id)
    except DomainError as error:
        refusal = error.message
    context = {
        "view": view,
        "head": view.head,
        "rights": view.actions,
        "rev": revision,
        "path": path,
        "parents": parents_of(path),
        "entry": entry,
        "report": report,
        "lines": lines,
        "refusal": refusal,
        "lacks_terms": how.lacks_terms,
        "may_examine": how.is_security and bool(refusal),
        "header": header,
        "table": tensor_table(header, request.GET) if header else None,
        "changed": visible_last_changes(view.revision, [entry], actor=request.actor).get(path),
    }
    return render_page(request, "catalog/file.html", context)
