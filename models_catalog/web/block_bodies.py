"""Bodies that are files or blocks of them, read as they arrive."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

from hub.core.errors import DomainError

READ = 256 * 2**10  # bytes a time: what is lost of a connection that breaks is never more


class LengthRequired(DomainError):
    """The body comes in chunks of unknown length, which a WSGI server cannot count."""

    status, code = 411, "length_required"


def body_length(request: HttpRequest) -> int:
    """How long the body will be. Raises ``LengthRequired``."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if "Transfer-Encoding" in request.headers or not length.isdigit():
        raise LengthRequired(
            _("Say the length of the block in Content-Length; chunked bodies are not taken.")
        )
    return int(length)


def body_of(request: HttpRequest) -> Iterator[bytes]:
    """The block as it arrives; a sender who breaks off ends it, and what came until then is kept."""
    while True:
        try:
            chunk = request.read(READ)
        except UnreadablePostError:
            return
        if not chunk:
            return
        yield chunk
