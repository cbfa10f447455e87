"""Folders of a revision, facts of a file, and the bytes: by the very doors that the pages use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import IF_NONE_MATCH, Answer, header, operation, query
from hub.api.pages import page_answer, slice_of, wanted_page
from hub.api.shapes import shown, shown_all
from hub.core.errors import DomainError
from models_catalog.api.doors import AT, FILE, BytesOfModel, OfModel
from models_catalog.api.file_shapes import ENTRY_EXAMPLE, FILE_EXAMPLE, EntryShape, FileShape
from models_catalog.downloads.access import Standing, may_fetch, require_fetch, standing
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import file_of, files_of, folder_of
from models_catalog.revisions.trees import FileEntry
from models_catalog.revisions.verdicts import PathReport, path_verdicts
from models_catalog.web import byte_pages

RANGE = header("Range", "The part of the file to send, such as `bytes=1000-`; answered with 206.")
HELD = (403, 410, 423)  # terms or verdict, withdrawn, not scanned yet


class Tree(OfModel):
    """A folder."""

    open_to_strangers = ("GET",)

    @operation(
        name="tree_list",
        tag="Files",
        purpose="List a folder",
        details="Folders first, then files, by name; with `recursive` every file below it, by path.",
        answer=Answer(EntryShape, ENTRY_EXAMPLE, is_list=True),
        places=AT,
        parameters=[
            query("path", "The folder. Empty: the top."),
            query("recursive", "Every file below, and no folders.", kind=OpenApiTypes.BOOL),
        ],
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> Response:
        """One page of it."""
        wanted = wanted_page(request)
        found = self.revision(namespace, name, revision)
        folder = request.query_params.get("path", "").strip("/")
        if request.query_params.get("recursive", "").lower() in ("1", "true", "yes"):
            folders, files = [], _below(found, folder)
        else:
            here = folder_of(found, folder)
            folders, files = sorted(here.folders), {entry.path: entry for entry in here.files}
        keys = [f"0{path}" for path in folders] + [f"1{path}" for path in sorted(files)]
        start, stop, beside = slice_of(keys, wanted)
        paths = [key[1:] for key in keys[start:stop]]
        some = {path: files[path] for path in paths if path in files}
        reports = path_verdicts(found, some)
        how = standing(found.repo, found, actor=self.actor)
        entries = [
            _entry(reports[path], how, revision, self) if path in reports else _folder(path)
            for path in paths
        ]
        return page_answer(request, shown_all(EntryShape, entries), beside)


def _below(revision: Revision, folder: str) -> Mapping[str, FileEntry]:
    prefix = f"{folder}/" if folder else ""
    return {path: entry for path, entry in files_of(revision).items() if path.startswith(prefix)}


def _folder(path: str) -> dict[str, Any]:
    empty = dict.fromkeys(("size", "sha256", "git_id", "verdict", "download"))
    return {"kind": "folder", "path": path, "is_lfs": False, "may_download": False, **empty}


def _entry(report: PathReport, how: Standing, revision: str, view: OfModel) -> dict[str, Any]:
    where = [view.kwargs["namespace"], view.kwargs["name"], revision, report.path]
    return {
        "kind": "file",
        "path": report.path,
        "size": report.entry.size,
        "sha256": report.entry.sha256,
        "git_id": report.entry.sha1,
        "is_lfs": report.entry.is_lfs,
        "verdict": report.verdict,
        "may_download": may_fetch(report, how, actor=view.actor),
        "download": view.request.build_absolute_uri(reverse("api:file-bytes", args=where)),
    }


class File(OfModel):
    """Facts of one file."""

    open_to_strangers = ("GET",)

    @operation(
        name="file_read",
        tag="Files",
        purpose="Read the facts of a file",
        answer=Answer(FileShape, FILE_EXAMPLE),
        places=FILE,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(
        self, request: Request, namespace: str, name: str, revision: str, path: str
    ) -> HttpResponseBase:
        """Size, digests, verdict, and whether the caller would get it."""
        found = self.revision(namespace, name, revision)
        entry = file_of(found, path)
        report = path_verdicts(found, {path: entry})[path]
        how = standing(found.repo, found, actor=self.actor)
        page = reverse("catalog:file", args=[namespace, name, revision, path])
        facts = _entry(report, how, revision, self) | {
            "revision": found.sha1,
            "refusal": self._refusal(report, how),
            "page": request.build_absolute_uri(page),
        }
        return self.one(shown(FileShape, facts))

    def _refusal(self, report: PathReport, how: Standing) -> str:
        try:
            require_fetch(report, how, actor=self.actor)
        except DomainError as refused:
            return refused.message
        return ""


class FileBytes(BytesOfModel):
    """The bytes of one file."""

    open_to_strangers = ("GET",)

    @operation(
        name="file_download",
        tag="Files",
        purpose="Download a file",
        details=(
            "The bytes, with a strong ETag, `Repr-Digest` with their SHA-256, and ranges, so that a download goes on where "
            "it stopped. What scanning found unusual is said in `X-Hub-Scan`."
        ),
        answer=(
            Answer(media_type="application/octet-stream", means="The file."),
            Answer(media_type="application/octet-stream", status=206, means="The part of it."),
            Answer(media_type="application/octet-stream", status=416, means="It is shorter."),
        ),
        places=FILE,
        parameters=[RANGE],
        refusals=HELD,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(
        self, request: Request, namespace: str, name: str, revision: str, path: str
    ) -> HttpResponseBase:
        """By the page's own door: the three questions, ranges, the count of downloads."""
        return byte_pages.resolve(self.plain_request, namespace, name, revision, path)


class Archive(BytesOfModel):
    """A whole revision."""

    open_to_strangers = ("GET",)

    @operation(
        name="archive_download",
        tag="Files",
        purpose="Download everything as a zip",
        details="Every file of a revision, with `SHA256SUMS`, stored without compression.",
        answer=Answer(media_type="application/zip", means="The zip, made while it is sent."),
        places=AT,
        refusals=HELD,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> HttpResponseBase:
        """By the page's own door."""
        return byte_pages.archive(self.plain_request, namespace, name, revision)


class Sums(BytesOfModel):
    """The digests of a revision."""

    open_to_strangers = ("GET",)

    @operation(
        name="sums_download",
        tag="Files",
        purpose="Download SHA256SUMS",
        details="What `sha256sum --check` reads: a line per file.",
        answer=Answer(media_type="text/plain", means="The digests."),
        places=AT,
        refusals=HELD,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> HttpResponseBase:
        """By the page's own door."""
        return byte_pages.sums(self.plain_request, namespace, name, revision)
