"""tus 1.0.0 (tus.io): the core protocol, creation and termination, for the upload page's script and any tus client.

With a session every unsafe request carries the header ``X-CSRFToken``; with a token none does. Beyond the protocol an answer says
``X-Content-SHA256`` once the file is complete, and ``Upload-Sample`` when a file that has begun is announced again
(see ``models_catalog.uploads.samples``). Announcing the same path and size again answers with the same file.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.authz.queries import require_person
from hub.api.problems import problem_of, problem_response
from hub.core.errors import DomainError, Invalid, TooLarge
from hub.web.requests import HubRequest
from models_catalog.repos.queries import get_repo
from models_catalog.uploads.actions.files import (
    announce_file,
    finish_file,
    receive_block,
    remove_file,
)
from models_catalog.uploads.models import Upload, UploadFile
from models_catalog.uploads.queries import arrived_sample, get_upload, get_upload_file, offset_of
from models_catalog.web.block_bodies import body_length, body_of

VERSION = "1.0.0"
OFFSET_TYPE = "application/offset+octet-stream"

TusView = Callable[..., HttpResponse]


class NotBytes(DomainError):
    """The body of a block has another media type."""

    status, code = 415, "unsupported_media_type"


class WrongVersion(DomainError):
    """The client speaks another version of tus."""

    status, code = 412, "precondition_failed"


class NoSuchMethod(DomainError):
    """The address does not take this method."""

    status, code = 405, "method_not_allowed"


def speaks_tus(view: TusView) -> TusView:
    """Check the protocol version, answer refusals as problems, and say the version in every answer."""

    @login_not_required  # an upload client cannot follow a redirect to the sign-in page: it gets 401
    @wraps(view)
    def answer(request: HubRequest, **where: str) -> HttpResponse:
        try:
            if request.method != "OPTIONS":
                require_person(request.actor)
                _require_version(request)
            response = view(request, **where)
        except DomainError as error:
            response = problem_response(problem_of(error))
        if response.status_code == WrongVersion.status:
            response.headers["Tus-Version"] = VERSION
        response.headers["Tus-Resumable"] = VERSION
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


@speaks_tus
def files(request: HubRequest, namespace: str, name: str, upload_id: uuid.UUID) -> HttpResponse:
    """POST announces a file: ``Upload-Length``, and ``path`` in ``Upload-Metadata``."""
    if request.method == "OPTIONS":
        return _abilities()
    if request.method != "POST":
        raise NoSuchMethod(_("Announce a file here by POST."))
    upload = _upload(request, namespace, name, upload_id)
    size = _number(request, "Upload-Length")
    file = announce_file(upload, path=_path(request), size=size, actor=request.actor)
    file = finish_file(file, actor=request.actor)
    response = _described(HttpResponse(status=201), file)
    response.headers["Location"] = f"{request.path}/{file.public_id}"
    if offset_of(file):
        response.headers["Upload-Sample"] = arrived_sample(file)
    return response


@speaks_tus
def file(
    request: HubRequest, namespace: str, name: str, upload_id: uuid.UUID, file_id: uuid.UUID
) -> HttpResponse:
    """HEAD says how much has arrived, PATCH appends a block, DELETE removes the file."""
    act = _METHODS.get(_method(request))
    if act is None:
        raise NoSuchMethod(_("A file of an upload takes HEAD, PATCH and DELETE."))
    if request.method == "OPTIONS":
        return _abilities()
    upload = _upload(request, namespace, name, upload_id)
    return act(request, get_upload_file(upload, file_id))


def _tell(request: HubRequest, file: UploadFile) -> HttpResponse:
    file = finish_file(file, actor=request.actor)
    response = _described(HttpResponse(status=200), file)
    response.headers["Upload-Length"] = str(file.size)
    response.headers["Upload-Metadata"] = f"path {base64.b64encode(file.path.encode()).decode()}"
    return response


def _append(request: HubRequest, file: UploadFile) -> HttpResponse:
    if request.content_type != OFFSET_TYPE:
        raise NotBytes(_("Send blocks as {offset_type}.").format(offset_type=OFFSET_TYPE))
    offset, length = _number(request, "Upload-Offset"), body_length(request)
    if offset + length > file.size:
        raise TooLarge(
            _("The file was announced with {size} bytes; this block would make it longer.").format(
                size=file.size
            )
        )
    file = receive_block(file, offset=offset, chunks=body_of(request), actor=request.actor)
    return _described(HttpResponse(status=204), file)


def _remove(request: HubRequest, file: UploadFile) -> HttpResponse:
    remove_file(file, actor=request.actor)
    return HttpResponse(status=204)


def _abilities(*_: object) -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Tus-Version"] = VERSION
    response.headers["Tus-Extension"] = "creation,termination"
    response.headers["Tus-Max-Size"] = str(settings.MAX_FILE_BYTES)
    return response


_METHODS: dict[str | None, Callable[[HubRequest, UploadFile], HttpResponse]] = {
    "HEAD": _tell,
    "PATCH": _append,
    "DELETE": _remove,
    "OPTIONS": _abilities,
}


def _method(request: HttpRequest) -> str | None:
    """The method; by the header for those who can only POST (tus, “X-HTTP-Method-Override”)."""
    return (
        request.headers.get("X-HTTP-Method-Override")
        if request.method == "POST"
        else request.method
    )


def _upload(request: HubRequest, namespace: str, name: str, upload_id: uuid.UUID) -> Upload:
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    return get_upload(repo, upload_id, actor=request.actor)


def _described(response: HttpResponse, file: UploadFile) -> HttpResponse:
    response.headers["Upload-Offset"] = str(offset_of(file))
    if file.blob is not None:
        response.headers["X-Content-SHA256"] = file.blob.sha256
    return response


def _require_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise WrongVersion(
            _("Speak tus {version} and say so in the header Tus-Resumable.").format(version=VERSION)
        )


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Invalid(_("The header {header} must be a number of bytes.").format(header=header))
    return int(text)


def _path(request: HttpRequest) -> str:
    """``path`` from Upload-Metadata, else ``filename``, which most clients send."""
    metadata: dict[str, str] = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        try:
            metadata[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Invalid(_("Upload-Metadata must hold keys and Base64 values.")) from error
    path = metadata.get("path") or metadata.get("filename")
    if not path:
        raise Invalid(_("Say the path of the file in Upload-Metadata, under the key “path”."))
    return path
