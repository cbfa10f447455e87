"""Sending files: an upload is begun, its files arrive in one piece or in blocks, and it ends as one commit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authz.policy import Right
from hub.api.operations import IF_NONE_MATCH, KEY, MODEL, Answer, Sent, operation, place
from hub.api.shapes import shown
from models_catalog.api.doors import BytesOfModel, OfModel
from models_catalog.api.upload_shapes import (
    ARRIVING_EXAMPLE,
    COMMITTED_EXAMPLE,
    UPLOAD_EXAMPLE,
    UPLOAD_ID,
    UPLOAD_READ_EXAMPLE,
    ArrivingShape,
    CommitUpload,
    NewUpload,
    UploadReadShape,
    UploadShape,
)
from models_catalog.repos.queries import require_repo_right
from models_catalog.uploads.actions.commit import commit_upload
from models_catalog.uploads.actions.files import announce_file, receive_block, remove_file
from models_catalog.uploads.actions.sessions import discard_upload, start_upload
from models_catalog.uploads.models import Upload as UploadRow
from models_catalog.uploads.models import UploadFile
from models_catalog.uploads.queries import (
    get_upload,
    get_upload_at,
    offset_of,
    open_uploads,
    upload_files,
    upload_totals,
)
from models_catalog.web.block_bodies import body_length, body_of

UPLOAD = (
    *MODEL,
    place("upload_id", "The upload.", example=UPLOAD_ID, kind=OpenApiTypes.UUID),
)
UPLOADED = (*UPLOAD, place("path", "Where the file will be in the model.", example="README.md"))


class OfUpload(OfModel):
    """An endpoint about one upload, which must be the caller's own."""

    def upload(self, namespace: str, name: str, upload_id: UUID) -> UploadRow:
        """It, or ``NotFound``."""
        return get_upload(self.repo(namespace, name), upload_id, actor=self.actor)

    def facts(self, upload: UploadRow) -> dict[str, Any]:
        """The answer for one upload."""
        totals = upload_totals(upload)
        repo = upload.repo
        where = [repo.namespace.name, repo.name, upload.public_id]
        tus = self.request.build_absolute_uri(reverse("catalog:upload-files", args=where))
        counted = {"files": totals.files, "received": totals.received, "size": totals.size}
        return shown(UploadShape, upload) | counted | {"tus": tus}


class Uploads(OfUpload):
    """One's own uploads to a model."""

    spends = {"POST": "upload"}

    @operation(
        name="upload_list",
        tag="Uploads",
        purpose="List your unfinished uploads",
        answer=Answer(UploadShape, UPLOAD_EXAMPLE, is_list=True),
        places=MODEL,
        refusals=(403,),
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """The newest first."""
        repo = self.repo(namespace, name)
        require_repo_right(repo, Right.WRITE, actor=self.actor)
        rows = open_uploads(repo, actor=self.actor)
        return self.listed(rows, UploadShape, keys=("-id",))

    @operation(
        name="upload_create",
        tag="Uploads",
        purpose="Begin an upload",
        details=(
            "Then PUT each file, or send large ones in blocks by tus 1.0.0 to the address under `tus` with the same token, "
            "and commit. What arrived is kept for some days, so that sending can go on where it stopped."
        ),
        sent=Sent(NewUpload, {"change": 4}),
        answer=Answer(UploadReadShape, UPLOAD_READ_EXAMPLE, status=201, means="Begun."),
        places=MODEL,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """For ``main``, a new change, or a change that is open."""
        repo = self.repo(namespace, name)
        body = self.read(NewUpload)
        made = start_upload(repo, change_number=body["change"], actor=self.actor)
        where = reverse("api:upload", args=[namespace, name, made.public_id])
        return self.one(self.facts(made), status=201, location=where)


class Upload(OfUpload):
    """One upload."""

    spends = {"DELETE": "write"}

    @operation(
        name="upload_read",
        tag="Uploads",
        purpose="Read an upload",
        answer=Answer(UploadReadShape, UPLOAD_READ_EXAMPLE),
        places=UPLOAD,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, namespace: str, name: str, upload_id: UUID) -> HttpResponseBase:
        """How much has arrived."""
        return self.one(self.facts(self.upload(namespace, name, upload_id)))

    @operation(
        name="upload_discard",
        tag="Uploads",
        purpose="Throw an upload away",
        details="With everything that arrived. 409 when it is committed.",
        answer=Answer(status=204, means="Gone."),
        places=UPLOAD,
        refusals=(409,),
    )
    def delete(
        self, request: Request, namespace: str, name: str, upload_id: UUID
    ) -> HttpResponseBase:
        """For good."""
        discard_upload(self.upload(namespace, name, upload_id), actor=self.actor)
        return Response(status=204)


class UploadFiles(OfUpload):
    """The files of an upload."""

    @operation(
        name="upload_file_list",
        tag="Uploads",
        purpose="List the files of an upload",
        answer=Answer(ArrivingShape, ARRIVING_EXAMPLE, is_list=True),
        places=UPLOAD,
    )
    def get(self, request: Request, namespace: str, name: str, upload_id: UUID) -> Response:
        """By path."""
        files = upload_files(self.upload(namespace, name, upload_id))
        return self.listed(files, ArrivingShape, keys=("path",))


class UploadedFile(BytesOfModel, OfUpload):
    """One file of an upload."""

    spends = {"PUT": "upload", "DELETE": "write"}

    @operation(
        name="upload_file_send",
        tag="Uploads",
        purpose="Send a file in one piece",
        details=(
            "The body is the file, with Content-Length. A file that is there already is replaced. For files that take "
            "minutes use tus, which goes on where a connection broke."
        ),
        sent=Sent(None, media_type="application/octet-stream"),
        answer=Answer(ArrivingShape, ARRIVING_EXAMPLE, status=201, means="Received."),
        places=UPLOADED,
        refusals=(403, 409, 411, 507),
    )
    def put(
        self, request: Request, namespace: str, name: str, upload_id: UUID, path: str
    ) -> HttpResponseBase:
        """Announced and received at once."""
        upload = self.upload(namespace, name, upload_id)
        length = body_length(self.plain_request)
        known = upload_files(upload).filter(path=path).first()
        if known is not None and (known.blob_id is not None or offset_of(known)):
            remove_file(known, actor=self.actor)
        file = announce_file(upload, path=path, size=length, actor=self.actor)
        if file.blob_id is None:
            file = self._receive(file)
        return self.one(shown(ArrivingShape, file), status=201)

    def _receive(self, file: UploadFile) -> UploadFile:
        chunks = body_of(self.plain_request)
        return receive_block(file, offset=0, chunks=chunks, actor=self.actor)

    @operation(
        name="upload_file_remove",
        tag="Uploads",
        purpose="Take a file out of an upload",
        answer=Answer(status=204, means="Gone."),
        places=UPLOADED,
        refusals=(403, 409),
    )
    def delete(
        self, request: Request, namespace: str, name: str, upload_id: UUID, path: str
    ) -> HttpResponseBase:
        """What arrived of it is thrown away."""
        upload = self.upload(namespace, name, upload_id)
        remove_file(get_upload_at(upload, path), actor=self.actor)
        return Response(status=204)


class CommitOfUpload(OfUpload):
    """The end of an upload."""

    spends = {"POST": "write"}

    @operation(
        name="upload_commit",
        tag="Uploads",
        purpose="Commit an upload",
        details=(
            "One commit of all its files: to its change, else to a new change of a reviewed model, else to `main`. A second "
            "time changes nothing and answers the same."
        ),
        sent=Sent(CommitUpload, {"title": "Add weights", "description": "Trained on more data."}),
        answer=Answer(UploadReadShape, COMMITTED_EXAMPLE, means="Committed."),
        places=UPLOAD,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(
        self, request: Request, namespace: str, name: str, upload_id: UUID
    ) -> HttpResponseBase:
        """All of it, or nothing."""
        upload = self.upload(namespace, name, upload_id)
        done = commit_upload(upload, **self.read(CommitUpload), actor=self.actor)
        return self.one(self.facts(done))
