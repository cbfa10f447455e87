"""Bodies that are refused before anybody reads them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hub.core.errors import DomainError, TooLarge
from hub.web.errors import refusal_response

GetResponse = Callable[[HttpRequest], HttpResponse]
KEPT_IN_MEMORY = ("application/x-www-form-urlencoded", "text/plain")
TUS_SPEAKS = "Tus-Resumable"


class LengthRequired(DomainError):
    """The body comes in chunks; a WSGI application sees nothing of it."""

    status, code = 411, "length_required"


def bodies(get_response: GetResponse) -> GetResponse:
    """Answer 411 to bodies of unknown length, and 413 to forms and JSON that are larger than memory should hold.

    Django would only notice while it reads them, REST framework not at all. Files have limits of their own.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "Transfer-Encoding" in request.headers and TUS_SPEAKS not in request.headers:
            refused = LengthRequired(
                "Send the body with a Content-Length: one of unknown length is not taken."
            )
            return refusal_response(request, refused)
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if _is_kept_in_memory(request.content_type or "") and _length(request) > limit:
            too_large = TooLarge(
                f"This is larger than the {limit // 2**20} MB that a form or JSON may have. "
                "Send less at once; files go through the upload page or a resumable upload."
            )
            return refusal_response(request, too_large)
        return get_response(request)

    return middleware


def _is_kept_in_memory(media_type: str) -> bool:
    return media_type in KEPT_IN_MEMORY or media_type.endswith(("/json", "+json"))


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0
