"""One way to answer with a page or with a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from hub.ui.icons import sprite_for_markup


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render ``template``, or only its partial ``fragment`` when the request's ``X-Fragment`` header names it.

    Both come from the same file and the same context. A fragment brings the symbols of its icons along.
    """
    values = dict(context or {})
    if fragment is None or request.headers.get("X-Fragment") != fragment:
        response = HttpResponse(render_to_string(template, values, request), status=status)
    else:
        markup = render_to_string(f"{template}#{fragment}", values, request)
        response = HttpResponse(markup + sprite_for_markup(markup), status=status)
    if fragment is not None:
        patch_vary_headers(response, ["X-Fragment"])
    return response
