"""Lists: ``items`` with the addresses of the neighbouring pages, in the body and as ``Link`` (RFC 8288)."""

from __future__ import annotations

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from hub.core.errors import Invalid

MOST, USUAL = 100, 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page the caller asks for."""

    cursor: str | None
    size: int


def wanted_page(request: Request) -> Wanted:
    """``cursor`` and ``limit`` of the address. Raises ``Invalid``."""
    text = request.query_params.get("limit", str(USUAL))
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST):
        raise Invalid(_("“limit” is a number from 1 to {most}.").format(most=MOST), field="limit")
    return Wanted(cursor=request.query_params.get("cursor") or None, size=int(text))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Cursors of the pages beside one; ``Page`` of ``hub.core.pagination`` has them too."""

    next_cursor: str | None = None
    previous_cursor: str | None = None


def slice_of(keys: Sequence[str], wanted: Wanted) -> tuple[int, int, Neighbours]:
    """Where a page of a sorted list in memory begins and ends; the cursor is a key with the direction before it."""
    start = 0
    if wanted.cursor:
        sign, key = _unpacked(wanted.cursor)
        start = bisect_right(keys, key) if sign == ">" else bisect_left(keys, key) - wanted.size
    start = max(0, start)
    stop = min(start + wanted.size, len(keys))
    return (
        start,
        stop,
        Neighbours(
            next_cursor=_packed(">", keys[stop - 1]) if start < stop < len(keys) else None,
            previous_cursor=_packed("<", keys[start]) if 0 < start < stop else None,
        ),
    )


def _packed(sign: str, key: str) -> str:
    return base64.urlsafe_b64encode(f"{sign}{key}".encode()).decode().rstrip("=")


def _unpacked(cursor: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(
            cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True
        ).decode()
    except ValueError as error:
        raise _bad_cursor() from error
    if text[:1] not in ("<", ">"):
        raise _bad_cursor()
    return text[0], text[1:]


def _bad_cursor() -> Invalid:
    return Invalid("This page address is damaged. Start again from the first page.", field="cursor")


def page_answer(
    request: Request,
    items: Sequence[Any],
    page: Any,
    *,
    extra: Mapping[str, Any] | None = None,
) -> Response:
    """The answer of a list; ``page`` has ``next_cursor`` and ``previous_cursor``, ``extra`` goes beside the items."""
    links = {
        "next": _address(request, page.next_cursor),
        "previous": _address(request, page.previous_cursor),
    }
    response = Response({"items": items, **links, **(extra or {})})
    first = _address(request, "") if page.previous_cursor is not None else None
    named = {"next": links["next"], "prev": links["previous"], "first": first}
    shown = [f'<{url}>; rel="{relation}"' for relation, url in named.items() if url]
    if shown:
        response.headers["Link"] = ", ".join(shown)
    return response


def _address(request: Request, cursor: str | None) -> str | None:
    """This list's address at another place."""
    if cursor is None:
        return None
    query = request.query_params.copy()
    query.pop("cursor", None)
    if cursor:
        query["cursor"] = cursor
    here: str = request.build_absolute_uri(request.path)
    return f"{here}?{query.urlencode()}" if query else here
