"""Answers of the web server itself, to what never becomes a request: whole, with the headers of every page."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus


@cache
def last_words(status: int) -> bytes:
    """The bytes of the error page for ``status``, after which the connection is closed."""
    from hub.ui.errors import render_error  # noqa: PLC0415 - Django is set up only in the worker

    body = render_error(None, status).content
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
        "Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    )
    return "\r\n".join((*head, "", "")).encode() + body
