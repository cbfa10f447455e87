"""Compression of pages; files go out as they are, and static files are compressed once, when they are collected."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PAGES = ("text/html", "application/json", "application/problem+json", "application/xml")


class CompressPages(GZipMiddleware):
    """gzip for what is made here and has no validator.

    BREACH, which reads secrets off the length of compressed answers, is met twice: the CSRF token is masked anew in
    each page, and Django adds up to 100 random bytes to each answer. A strong ETag must stay as it is: the API compares
    it with If-Match.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Django calls this with the answer."""
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or media_type not in PAGES or response.has_header("ETag"):
            return response
        return super().process_response(request, response)
