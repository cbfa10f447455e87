"""Bytes over HTTP: ranges, strong validators, and headers that keep a browser from interpreting them."""

from __future__ import annotations

import base64
import re
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from models_catalog.downloads.actions import OpenedFile
from models_catalog.storage.models import Verdict
from models_catalog.storage.queries import open_blob, stored_key

_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)")
_BEYOND = 10**18  # larger than any file
TEXT = "text/plain; charset=utf-8"
SANDBOX = "default-src 'none'; sandbox"


class Section:
    """Part of a file that ends after ``length`` bytes; gunicorn sends it by sendfile through ``fileno``."""

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        self.file = file
        self.left = length
        file.seek(start)

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` of the bytes that are left."""
        data = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        return data

    def fileno(self) -> int:
        """The file behind it."""
        return self.file.fileno()

    def close(self) -> None:
        """Close the file."""
        self.file.close()


def file_response(
    request: HttpRequest, opened: OpenedFile, *, shown_as: str = ""
) -> HttpResponseBase:
    """The file, or the range of it that was asked for (RFC 9110 §13–14; several ranges are answered with all).

    ``shown_as`` is the media type of what may be shown in the browser; without one it is saved.
    """
    size, etag = opened.entry.size, f'"{opened.etag}"'
    if _matches(request.headers.get("If-None-Match", ""), etag):
        return _described(HttpResponse(status=304), opened, shown_as=shown_as)
    span = _span(request, size, etag)
    if span is None:
        return _described(_answer(request, opened, 0, size), opened, shown_as=shown_as)
    start, length = span
    if length == 0:
        response: HttpResponseBase = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return _described(response, opened, shown_as=shown_as)
    response = _answer(request, opened, start, length)
    response.status_code = 206
    response.headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    return _described(response, opened, shown_as=shown_as)


def _answer(request: HttpRequest, opened: OpenedFile, start: int, length: int) -> HttpResponseBase:
    response = _body(request, opened, start, length)
    response.headers["Content-Length"] = str(length)
    return response


def _body(request: HttpRequest, opened: OpenedFile, start: int, length: int) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    if settings.X_ACCEL_PREFIX:
        response = HttpResponse()
        response.headers["X-Accel-Redirect"] = (
            f"{settings.X_ACCEL_PREFIX}/{quote(stored_key(opened.blob))}"
        )
        return response
    return FileResponse(Section(open_blob(opened.blob), start, length))


def _matches(header: str, etag: str) -> bool:
    return header.strip() == "*" or etag in (
        part.strip().removeprefix("W/") for part in header.split(",")
    )


def _span(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """(start, length) of the range to send: ``None`` for the whole file, no length when it lies outside of it.

    An empty file has no ranges, and a range means something to GET alone.
    """
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    condition = request.headers.get("If-Range", "").strip()
    if match is None or match.groups() == ("", "") or size == 0 or request.method != "GET":
        return None
    if condition and condition != etag:
        return None
    first, last = match.groups()
    if first == "":
        length = min(_number(last), size)
        return size - length, length
    start, end = _number(first), min(_number(last), size - 1) if last else size - 1
    return start, max(end - start + 1, 0)


def _number(digits: str) -> int:
    """A number of any length, as far as a file could have that many bytes."""
    return int(digits) if len(digits) <= 18 else _BEYOND


def _described(
    response: HttpResponseBase, opened: OpenedFile, *, shown_as: str
) -> HttpResponseBase:
    entry = opened.entry
    name = entry.path.rsplit("/", 1)[-1]
    how = "inline" if shown_as else "attachment"
    ascii_name = name.encode("ascii", "replace").decode().replace('"', "_").replace("\\", "_")
    described = {
        "Content-Type": shown_as or "application/octet-stream",
        "Content-Disposition": f"{how}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}",
        "ETag": f'"{opened.etag}"',
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SANDBOX,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",
        "X-Repo-Commit": opened.revision.sha1,
        "X-Linked-Etag": f'"{opened.etag}"',
        "X-Linked-Size": str(entry.size),
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(entry.sha256)).decode()}:",
    }
    for header, value in described.items():
        response.headers[header] = value
    if opened.report.verdict != Verdict.SAFE:
        response.headers["X-Hub-Scan"] = opened.report.verdict.value
    return response
