"""The bytes themselves: to be saved, read as text, looked at, examined, or all at once."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from hub.web.requests import HubRequest
from models_catalog.downloads.actions import count_download, open_all, open_file
from models_catalog.downloads.archives import archive_of, sums_of
from models_catalog.downloads.pictures import open_picture
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo, get_repo_by
from models_catalog.versions.queries import newest_version
from models_catalog.web.bytes import TEXT, file_response


@login_not_required
@require_safe
def resolve(
    request: HubRequest, namespace: str, name: str, revision: str, path: str
) -> HttpResponseBase:
    """The bytes of a file, to be saved."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    opened = open_file(repo, revision, path, actor=request.actor)
    if request.method == "GET" and request.headers.get("Range", "bytes=0-").startswith("bytes=0-"):
        count_download(repo, opened.revision, actor=request.actor)
    return file_response(request, opened)


@login_not_required
@require_safe
def raw(
    request: HubRequest, namespace: str, name: str, revision: str, path: str
) -> HttpResponseBase:
    """The bytes of a file, shown as plain text."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    return file_response(
        request, open_file(repo, revision, path, actor=request.actor), shown_as=TEXT
    )


@login_not_required
@require_safe
def image(
    request: HubRequest, namespace: str, name: str, revision: str, path: str
) -> HttpResponseBase:
    """A picture of a card or a file page: shown, not saved, and not counted as a download."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    opened, raster = open_picture(repo, revision, path, actor=request.actor)
    return file_response(request, opened, shown_as=raster.kind)


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
    count_download(repo, found, actor=request.actor)
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
    return sha1[:10] if revision in ("main", sha1) or "/" in revision else revision


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
