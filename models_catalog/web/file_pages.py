"""The Files tab: folders and single files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from hub.core.errors import DomainError, NotFound
from hub.ui.context import wants_less_data
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.downloads.access import Standing, may_fetch, standing
from models_catalog.downloads.actions import open_file
from models_catalog.revisions.queries import file_of
from models_catalog.revisions.verdicts import path_verdicts
from models_catalog.versions.history import visible_contents, visible_last_changes
from models_catalog.versions.names import names_of
from models_catalog.versions.queries import NO_SUCH_REVISION
from models_catalog.web.card_text import Place, card_text
from models_catalog.web.converters import is_revision_name
from models_catalog.web.file_content import CODE_CARRIERS, Content, content_of
from models_catalog.web.file_views import (
    MOST_CHANGES,
    folder_rows,
    found_rows,
    parents_of,
    tell_changes,
)
from models_catalog.web.head import ModelView, open_model, with_scan

MAX_FIND = 200
CONTENTS = 10


@login_not_required
@require_safe
def tree(
    request: HubRequest, namespace: str, name: str, revision: str, path: str = ""
) -> HttpResponse:
    """A folder of a revision, or what was found below it."""
    view = open_model(request, namespace, name, tab="files", revision=revision)
    how = standing(view.repo, view.revision, actor=request.actor)
    reports = path_verdicts(view.revision)
    page = folder_rows(reports, path, after=request.GET.get("after", ""))
    sizes = [] if path else [(row.name, row.size) for row in page.rows]
    find = request.GET.get("find", "").strip()[:MAX_FIND]
    if find:
        page = found_rows(reports, path, find)
    shown = [row.report.entry for row in page.rows if row.report]
    if len(page.below) <= MOST_CHANGES:
        shown = [report.entry for report in page.below]
    tell_changes(page, visible_last_changes(view.revision, shown, actor=request.actor))
    for row in page.rows:
        if row.report is not None:
            row.may_fetch = may_fetch(row.report, how, actor=request.actor)
    report_url = reverse("governance:scan-report", args=[namespace, name, revision])
    context: dict[str, Any] = {
        "view": view,
        "head": with_scan(view.head, reports, report_url),
        "rights": view.actions,
        "rev": revision,
        "path": path,
        "parents": parents_of(path),
        "page": page,
        "sizes": sizes,
        "names": names_of(view.repo, actor=request.actor),
        "is_moving": any(report.verdict == "pending" for report in reports.values()),
        "is_bare": all(each.startswith(".") for each in reports),
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
    """One file: its facts, its verdict, and its content where that can be shown."""
    view = open_model(request, namespace, name, tab="files", revision=revision)
    entry = file_of(view.revision, path)
    how = standing(view.repo, view.revision, actor=request.actor)
    refusal, content = "", Content()
    try:
        opened = open_file(view.repo, revision, path, actor=request.actor)
        content = content_of(opened, request.GET)
    except DomainError as error:
        refusal = error.message
    actor = request.actor
    context = {
        "view": view,
        "head": view.head,
        "rights": view.actions,
        "rev": revision,
        "path": path,
        "parents": parents_of(path),
        "entry": entry,
        "report": path_verdicts(view.revision, {path: entry})[path],
        "content": content,
        "rendered": _rendered(request, view, how, content, revision),
        "carries_code": path.lower().endswith(CODE_CARRIERS),
        "refusal": refusal,
        "lacks_terms": how.lacks_terms,
        "withdrawal": how.withdrawal,
        "may_examine": how.is_security and bool(refusal),
        "changed": visible_last_changes(view.revision, [entry], actor=actor).get(path),
        "contents": visible_contents(view.revision, path, limit=CONTENTS, actor=actor),
    }
    return render_page(request, "catalog/file.html", context)


def _rendered(
    request: HubRequest, view: ModelView, how: Standing, content: Content, rev: str
) -> str:
    """The HTML of a Markdown file with its links and pictures; nothing for other files."""
    if content.card is None:
        return ""
    reports = path_verdicts(view.revision)
    is_saving = wants_less_data(request)
    place = Place(view.repo, rev, reports, how, actor=request.actor, is_saving=is_saving)
    return card_text(content.card, place, is_whole=True)
