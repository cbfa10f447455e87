"""Where browsers tell that a page tried something its policy forbids: a line in the log, nothing else is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hub.core.errors import DomainError, Invalid, TooLarge
from hub.core.rate_limits import address_key, limit_named, spend
from hub.web.requests import HubRequest

log = structlog.get_logger(__name__)

LARGEST = 16 * 2**10  # bytes
MOST = 20  # violations in one report
LONGEST = 200  # characters of a value
OLD, NEW = "application/csp-report", "application/reports+json"


class NotAReport(DomainError):
    """Another media type."""

    status, code = 415, "unsupported_media_type"


# Exempt because the browser sends it by itself, without a page's token; all it can bring about is a line in the log.
@csrf_exempt
@login_not_required
@require_POST
def collect_reports(request: HubRequest) -> HttpResponse:
    """204, once the report is in the log. Query strings and fragments are left out: they may hold secrets."""
    spend(limit_named("csp-report"), address_key(request.actor.address))
    if request.content_type not in (OLD, NEW):
        raise NotAReport(f"Send reports as {OLD} or {NEW}.")
    for violation in _violations(_read(request)):
        log.warning("csp_violation", **violation)
    return HttpResponse(status=204)


def _read(request: HttpRequest) -> Any:
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise TooLarge(f"A report has at most {LARGEST:,} bytes.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Invalid("The report is not JSON.") from error


def _violations(report: Any) -> Iterator[dict[str, str]]:
    reports = report if isinstance(report, list) else [report]
    for each in reports[:MOST]:
        if not isinstance(each, Mapping):
            raise Invalid("A report is a JSON object, or a list of them.")
        body = each.get("csp-report") or each.get("body") or {}
        if not isinstance(body, Mapping):
            raise Invalid("A report is a JSON object, or a list of them.")
        yield {
            "directive": _text(body, "effective-directive", "effectiveDirective"),
            "page": _place(_text(body, "document-uri", "documentURL")),
            "blocked": _place(_text(body, "blocked-uri", "blockedURL")),
            "source": _place(_text(body, "source-file", "sourceFile")),
            "line": _text(body, "line-number", "lineNumber"),
        }


def _text(body: Mapping[str, Any], *names: str) -> str:
    value = next((body[name] for name in names if name in body), "")
    return str(value)[: 5 * LONGEST] if isinstance(value, str | int) else ""


def _place(address: str) -> str:
    """Scheme, host and path; words such as “inline” stay as they are."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return "unreadable"
    path = parts.path if parts.scheme not in ("data", "blob", "javascript") else ""
    text = f"{parts.scheme}:{'//' if host else ''}{host}{path}" if parts.scheme else parts.path
    return "".join(c if c.isprintable() else "?" for c in text)[:LONGEST]
