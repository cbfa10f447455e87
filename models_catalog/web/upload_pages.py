"""Adding files to a model: one page that needs no script, and goes on in blocks when there is one."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.authz.policy import Right
from hub.core.errors import DomainError, Invalid
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo, require_repo_right
from models_catalog.uploads.actions.commit import commit_upload
from models_catalog.uploads.actions.sessions import (
    discard_upload,
    require_open_change,
    start_upload,
)
from models_catalog.uploads.models import Upload
from models_catalog.uploads.queries import get_upload
from models_catalog.web.form_files import StagingHandler
from models_catalog.web.upload_forms import UploadForm
from models_catalog.web.upload_rows import upload_url
from models_catalog.web.upload_views import done_context, page_context, remove, take_in

SHOWN_REFUSALS = 20


@csrf_exempt  # the token is in the body, which must not be parsed before our handler stands: _submit checks it
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Begin: choose files, or go on with an unfinished upload. ``?change=N`` adds to that change."""
    repo = _writable(request, namespace, name)
    change = _change_number(request, repo)
    return _answer(request, repo, None, change)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HubRequest, namespace: str, name: str, upload_id: uuid.UUID) -> HttpResponse:
    """One upload: what has arrived, what is missing, more files, the commit; afterwards what was committed."""
    repo = _writable(request, namespace, name)
    found = get_upload(repo, upload_id, actor=request.actor)
    return _answer(request, repo, found, found.change_number)


@require_POST
def begin(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Begin an upload for the page's script: answers its addresses as JSON."""
    repo = _writable(request, namespace, name)
    started = start_upload(repo, change_number=_change_number(request, repo), actor=request.actor)
    places = {
        "page": upload_url("upload-session", started),
        "files": upload_url("upload-files", started),
    }
    return JsonResponse(places, status=201)


def _answer(
    request: HubRequest, repo: Repo, found: Upload | None, change: int | None
) -> HttpResponse:
    if request.method == "POST":
        if "Transfer-Encoding" in request.headers:
            raise Invalid(_("Send the form with a Content-Length; chunked bodies are not taken."))
        handler = StagingHandler(request)
        request.upload_handlers = [handler]
        try:
            return _submit(request, repo, found, change, handler)
        finally:
            handler.discard_left()
    if found is not None and found.revision_sha1:
        return render_page(request, "catalog/upload_done.html", done_context(request, repo, found))
    return _page(request, repo, found, change, None)


@csrf_protect
def _submit(
    request: HubRequest,
    repo: Repo,
    found: Upload | None,
    change: int | None,
    handler: StagingHandler,
) -> HttpResponse:
    form = UploadForm(request.POST)
    if not form.is_valid():
        return _page(request, repo, found, change, form)
    try:
        if found is None and handler.arrivals:
            found = start_upload(repo, change_number=change, actor=request.actor)
        if found is None:
            raise Invalid(_("Choose at least one file first."))
        answer = _carry_out(request, found, form, handler)
    except DomainError as error:
        form.add_error(None, error.message)
        _tell(request, handler)
        return _page(request, repo, found, change, form)
    _tell(request, handler)
    return answer


def _carry_out(
    request: HubRequest, found: Upload, form: UploadForm, handler: StagingHandler
) -> HttpResponse:
    """Take the files in, then do what the button said. Nothing is committed while a file was refused."""
    if found.revision_sha1:
        return redirect(upload_url("upload-session", found))
    if request.POST.get("then") == "discard":
        discard_upload(found, actor=request.actor)
        return redirect("catalog:upload", found.repo.namespace.name, found.repo.name)
    take_in(found, handler, prefix=form.prefix_path, actor=request.actor)
    if "remove" in request.POST:
        remove(found, request.POST["remove"], actor=request.actor)
    is_whole = not handler.refused and not handler.is_cut_off
    if request.POST.get("then") == "commit" and is_whole:
        title, description = form.cleaned_data["title"], form.cleaned_data["description"]
        commit_upload(found, title=title, description=description, actor=request.actor)
    return redirect(upload_url("upload-session", found))


def _tell(request: HubRequest, handler: StagingHandler) -> None:
    """Say what was left out, and why."""
    for _path, sentence in handler.refused[:SHOWN_REFUSALS]:
        messages.error(request, sentence)
    if handler.refused and request.POST.get("then") == "commit":
        messages.warning(
            request,
            _("Nothing was committed, because files were refused. Rename them, or go on without."),
        )
    if handler.is_cut_off:
        messages.error(
            request,
            _("The form broke off in the middle of a file. Choose the missing files again."),
        )
    if handler.skipped:
        said = ngettext(
            "%(n)d hidden file of the system was left out: %(names)s",
            "%(n)d hidden files of the system were left out: %(names)s",
            len(handler.skipped),
        )
        names = ", ".join(handler.skipped[:5])
        messages.info(request, said % {"n": len(handler.skipped), "names": names})


def _page(
    request: HubRequest,
    repo: Repo,
    found: Upload | None,
    change: int | None,
    form: UploadForm | None,
) -> HttpResponse:
    context = page_context(request, repo, found, change)
    context["form"] = form or UploadForm(initial={"title": context.get("suggested_title", "")})
    return render_page(request, "catalog/upload.html", context, status=422 if form else 200)


def _writable(request: HubRequest, namespace: str, name: str) -> Repo:
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    require_repo_right(repo, Right.WRITE, actor=request.actor)
    return repo


def _change_number(request: HubRequest, repo: Repo) -> int | None:
    text = request.GET.get("change", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Invalid(_("The number of a change is a number."))
    require_open_change(repo, int(text), actor=request.actor)
    return int(text)
