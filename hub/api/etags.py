"""Validators of single resources: 304 for what the caller has already, 412 for changes of what has changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from hub.core.errors import DomainError


class PreconditionFailed(DomainError):
    """The resource is not what the caller's ``If-Match`` names."""

    status, code = 412, "precondition_failed"


def etag_of(data: Any) -> str:
    """A strong validator: a digest of the representation."""
    return f'"{hashlib.sha256(JSONRenderer().render(data)).hexdigest()[:32]}"'


def is_known(request: Request, etag: str) -> bool:
    """Whether ``If-None-Match`` names it (weakly compared, as RFC 9110 says)."""
    return _names(request.headers.get("If-None-Match", ""), etag, weakly=True)


def require_match(request: Request, data: Any) -> None:
    """Raise ``PreconditionFailed`` when ``If-Match`` is given and names another state than ``data``, the present one."""
    given = request.headers.get("If-Match")
    if given is not None and not _names(given, etag_of(data), weakly=False):
        raise PreconditionFailed(
            _(
                "It changed since you read it. Read it again, and send your change with the new ETag."
            )
        )


def _names(header: str, etag: str, *, weakly: bool) -> bool:
    return header.strip() == "*" or etag in _tags(header, weakly=weakly)


def _tags(header: str, *, weakly: bool) -> Iterable[str]:
    for part in header.split(","):
        tag = part.strip()
        yield tag.removeprefix("W/") if weakly else tag
