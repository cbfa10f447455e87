"""``Idempotency-Key``: a request that is sent again is answered again, and carried out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from django.http import HttpResponse, HttpResponseBase, RawPostDataException
from rest_framework.request import Request
from rest_framework.response import Response

from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid
from hub.core.idempotency.actions import begin_once, end_once, forget
from hub.core.idempotency.models import KeptAnswer
from hub.web.requests import HubRequest

KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("Content-Type", "Location", "ETag")
_SHAPE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?")

Act = Callable[..., HttpResponseBase]


class ShownOnce(Conflict):
    """The request was carried out before, and its answer held a secret."""

    code = "shown_once"


def repeat_or_run(act: Act, *, keeps_answer: bool) -> Act:
    """``act``, a method of an endpoint, carried out once per person, route and key."""

    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = cast("HubRequest", request._request)  # noqa: SLF001 - where REST framework keeps it
        try:
            begun = _begin(asked, asked.actor)
        except (
            RawPostDataException
        ):  # a form, read already when its CSRF token was looked for: refused below
            return act(request, *args, **kwargs)
        if begun.status is not None:
            return _again(begun, keeps_answer=keeps_answer)
        is_done = False
        try:
            response = act(request, *args, **kwargs)
            is_done = response.status_code < 300
        finally:
            if not is_done:
                forget(begun)
        _keep(begun, response, request, keeps_answer=keeps_answer)
        return response

    return answer


def _begin(request: HubRequest, actor: Actor) -> KeptAnswer:
    key = request.headers[KEY].strip()
    if not _SHAPE.fullmatch(key):
        raise Invalid(f"{KEY} is 1 to 255 visible ASCII characters, such as a new UUID.", field=KEY)
    where = request.get_full_path()
    whole = b"\0".join([where.encode(), (request.content_type or "").encode(), request.body])
    return begin_once(key, route=f"{request.method} {request.path}", request=whole, actor=actor)


def _keep(
    begun: KeptAnswer, response: HttpResponseBase, request: Request, *, keeps_answer: bool
) -> None:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    body = ""
    if keeps_answer and isinstance(response, Response) and response.data is not None:
        renderer = request.accepted_renderer
        rendered = renderer.render(response.data)
        body = rendered if isinstance(rendered, str) else rendered.decode()
        headers["Content-Type"] = renderer.media_type
    end_once(begun, status=response.status_code, body=body, headers=headers)


def _again(known: KeptAnswer, *, keeps_answer: bool) -> HttpResponse:
    if not keeps_answer:
        raise ShownOnce(
            "This was done already, and its secret was shown once. If you did not see it, revoke what was made and "
            "make another with a new key."
        )
    response = HttpResponse(known.body, status=known.status)
    for name, value in known.headers.items():
        response.headers[name] = value
    response.headers[REPLAYED] = "true"
    return response
