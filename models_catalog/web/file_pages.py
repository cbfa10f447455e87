"""The Files tab: folders, single files, and the bytes themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hub.core.errors import DomainError, NotFound
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.artifacts.queries import header_of
from models_catalog.downloads.access import may_fetch, standing
from models_catalog.downloads.actions import count_download, open_all, open_file
from models_catalog.downloads.archives import archive_of, sums_of
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo, get_repo_by
from models_catalog.revisions.queries import file_of
from models_catalog.revisions.verdicts import path_verdicts
from models_catalog.versions.history import visible_last_changes
from models_catalog.versions.queries import NO_SUCH_REVISION, newest_version, visible_versions
from models_catalog.web.bytes import file_response
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


@login_not_required
@require_safe
def resolve(
    request: HubRequest, namespace: str, name: str, revision: str, path: str
) -> HttpResponseBase:
    """The bytes of a file, to be saved."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    opened = open_file(repo, revision, path, actor=request.actor)
    if request.method == "GET" and request.headers.get("Range", "bytes=0-").startswith("bytes=0-"):
        count_download(repo)
    return file_response(request, opened)


@login_not_required
@require_safe
def raw(
    request: HubRequest, namespace: str, name: str, revision: str, path: str
) -> HttpResponseBase:
    """The bytes of a file, shown as plain text."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    return file_response(request, open_file(repo, revision, path, actor=request.actor), inline=True)


@require_POST
def examine(
    request: HubRequest, namespace: str, name: str, revision: str, path: str
) -> HttpResponseBase:
    """The bytes of a held file, for somebody of the security role who writes why."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    purpose = request.POST.get("purpose", "")
    return file_response(
        request, open_file(repo, revision, path, actor=request.actor, purpose=purpose)
    )


@login_not_required
@require_safe
def archive(request: HubRequest, namespace: str, name: str, revision: str) -> HttpResponseBase:
    """Everything in a revision as one zip."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    found, files = open_all(repo, revision, actor=request.actor)
    zipped = archive_of(found, files, title=_title(repo, revision, found.sha1))
    count_download(repo)
    response = StreamingHttpResponse(zipped.chunks, content_type="application/zip")
    response.headers["Content-Length"] = str(zipped.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{zipped.name}"'
    response.headers["ETag"] = f'"zip-{found.manifest_digest}"'
    response.headers["X-Repo-Commit"] = found.sha1
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _title(repo: Repo, revision: str, sha1: str) -> str:
    """What the archive is called: the version when it is one, else the short commit id."""
    version = newest_version(repo)
    if version is not None and version.revision is not None and version.revision.sha1 == sha1:
        return version.title
    return sha1[:10] if revision == "main" or "/" in revision else revision


@login_not_required
@require_safe
def sums(request: HubRequest, namespace: str, name: str, revision: str) -> HttpResponse:
    """``SHA256SUMS`` of a revision."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    _, files = open_all(repo, revision, actor=request.actor)
    response = HttpResponse(sums_of(files), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="SHA256SUMS"'
    return response


@login_not_required
@require_safe
def by_identifier(
    request: HubRequest, public_id: UUID | None = None, accession: str | None = None
) -> HttpResponse:
    """``/id/<uuid>`` and ``/acc/<number>``: the names that never change."""
    repo = get_repo_by(public_id=public_id, accession=accession, actor=request.actor)
    return redirect("catalog:model", repo.namespace.name, repo.name)
