"""What the upload pages do with a form's files, and what their templates need."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.urls import reverse

from hub.core.actor import Actor
from hub.core.errors import DomainError, NotFound
from hub.core.pagination import page_of
from hub.ui.parts import Crumb
from hub.web.requests import HubRequest
from models_catalog.repos.models import Repo
from models_catalog.uploads.actions.commit import suggested_title
from models_catalog.uploads.actions.files import announce_file, finish_file, remove_file
from models_catalog.uploads.models import Upload
from models_catalog.uploads.queries import (
    get_upload_file,
    unfinished_uploads,
    upload_files,
    upload_totals,
)
from models_catalog.web.form_files import StagingHandler
from models_catalog.web.upload_forms import file_inputs
from models_catalog.web.upload_rows import file_rows, next_step, script_values, upload_url

ROWS = 200


def take_in(upload: Upload, handler: StagingHandler, *, prefix: str, actor: Actor) -> None:
    """Make blobs of the form's files; what is refused joins ``handler.refused``."""
    for arrival in handler.arrivals:
        try:
            file = announce_file(
                upload,
                path=prefix + arrival.path,
                size=arrival.size,
                public_id=arrival.public_id,
                actor=actor,
            )
        except DomainError as error:
            handler.refused.append((arrival.path, error.message))
            continue
        try:
            finish_file(file, actor=actor)
        except DomainError as error:
            remove_file(file, actor=actor)
            handler.refused.append((arrival.path, f"“{file.path}” was not taken. {error.message}"))


def remove(upload: Upload, public_id: str, *, actor: Actor) -> None:
    """Take a file out of the upload; one that is gone already stays gone. Raises ``NotFound`` for no id at all."""
    try:
        identifier = uuid.UUID(public_id)
    except ValueError as error:
        raise NotFound from error
    try:
        remove_file(get_upload_file(upload, identifier), actor=actor)
    except NotFound:
        return


def page_context(
    request: HubRequest, repo: Repo, upload: Upload | None, change: int | None
) -> dict[str, Any]:
    """For ``upload.html``: a constant number of queries, however many files there are."""
    context = _common(repo) | {
        "change": change,
        "step": "files",
        "inputs": file_inputs(),
        "upload": upload,
    }
    context["script_values"] = values = script_values()
    context["script_json"] = json.dumps(values)
    where = [repo.namespace.name, repo.name]
    query = f"?change={change}" if change is not None else ""
    context["begin_url"] = reverse("catalog:upload-begin", args=where) + query
    context["here_url"] = reverse("catalog:upload", args=where) + query
    if upload is None:
        return context | {"unfinished": unfinished_uploads(repo, actor=request.actor)}
    page = page_of(
        upload_files(upload), keys=("path",), cursor=request.GET.get("cursor"), size=ROWS
    )
    return context | {
        "page": page,
        "rows": file_rows(upload, page.rows),
        "totals": upload_totals(upload),
        "here_url": upload_url("upload-session", upload),
        "files_url": upload_url("upload-files", upload),
        "suggested_title": suggested_title(upload),
    }


def done_context(request: HubRequest, repo: Repo, upload: Upload) -> dict[str, Any]:
    """For ``upload_done.html``: each path with the digest that the hub computed."""
    page = page_of(
        upload_files(upload), keys=("path",), cursor=request.GET.get("cursor"), size=ROWS
    )
    return _common(repo) | {
        "upload": upload,
        "page": page,
        "totals": upload_totals(upload),
        "step": "review",
        "next_url": next_step(repo, upload),
    }


def _common(repo: Repo) -> dict[str, Any]:
    namespace = repo.namespace
    return {
        "repo": repo,
        "crumbs": [
            Crumb(namespace.name, reverse("catalog:namespace", args=[namespace.name])),
            Crumb(repo.name, reverse("catalog:model", args=[namespace.name, repo.name])),
        ],
    }
