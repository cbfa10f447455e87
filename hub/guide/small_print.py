"""Short files at fixed addresses: for crawlers, browsers and language models."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hub.guide.chapters import CHAPTERS
from hub.guide.instance import this_instance

A_DAY = 24 * 3600

# What a crawler has no use for: bytes, forms, one's own pages, history without end, and every list cut in every way.
# Of the files of a model the newest are enough. Longer lines win over shorter ones (RFC 9309).
NOT_FOR_CRAWLERS = (
    "/api/",
    "/accounts/",
    "/settings",
    "/invitations",
    "/reviews",
    "/new",
    "/_ui/",
    "/preferences",
    "/orgs/new",
    "/orgs/*/",
    "/id/",
    "/acc/",
    "/*/*/resolve/",
    "/*/*/raw/",
    "/*/*/archive/",
    "/*/*/sums/",
    "/*/*/examine/",
    "/*/*/tree/",
    "/*/*/blob/",
    "/*/*/commit/",
    "/*/*/commits/",
    "/*/*/security/",
    "/*/*/upload",
    "/*/*/settings",
    "/*/*/terms",
    "/*/*/discussions/new",
    "/*?",
)
ALL_THE_SAME = ("/*/*/tree/main$", "/*/*/blob/main/", "/sitemap.xml?")


def as_text(lines: Iterable[str], *, seconds: int = A_DAY) -> HttpResponse:
    """Lines of plain text that anybody may keep for a while."""
    response = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """``robots.txt`` (RFC 9309)."""
    del request
    lines = [
        "User-agent: *",
        *(f"Disallow: {pattern}" for pattern in NOT_FOR_CRAWLERS),
        *(f"Allow: {pattern}" for pattern in ALL_THE_SAME),
        "",
        f"Sitemap: {settings.PUBLIC_URL}{reverse('guide:sitemap')}",
    ]
    return as_text(lines)


@login_not_required
@require_safe
def search_description(request: HttpRequest) -> HttpResponse:
    """OpenSearch 1.1: lets a browser search this hub from its address bar."""
    response = render(
        request,
        "guide/opensearch.xml",
        {"hub": settings.PUBLIC_URL, "short_name": settings.HUB_NAME[:16]},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


@login_not_required
@require_safe
def for_language_models(request: HttpRequest) -> HttpResponse:
    """``llms.txt``: what this hub is and where to read on, as Markdown for programs that read."""
    del request
    instance = this_instance()
    guide = f"{instance.hub}{reverse('guide:index')}"
    chapters = (f"- [{each.title}]({guide}/{each.slug}): {each.summary}" for each in CHAPTERS)
    text = f"""\
# {instance.name}

> A governed hub for machine-learning models at {instance.hub}. Organisations approve what becomes public, every
> file is scanned, and every act is on record.

A model has the address {instance.hub}/NAMESPACE/NAME. A file of it is downloaded from
{instance.hub}/NAMESPACE/NAME/resolve/REVISION/PATH, where REVISION is main, a version (v1, v2 …) or a commit id;
{instance.hub}/NAMESPACE/NAME/sums/REVISION lists the SHA-256 of each. Not every file is handed out: the sentence in a
refusal says why and what to do. “Not reviewed” on a model means that nobody vouches for it.

## Guide
"""
    models = f"{instance.hub}{reverse('catalog:model-list')}"
    site_map = f"{instance.hub}{reverse('guide:sitemap')}"
    lines = [
        *text.splitlines(),
        "",
        *chapters,
        "",
        "## Models",
        "",
        f"- [Catalogue]({models}): search and filter",
        f"- [Site map]({site_map}): every public model",
    ]
    return as_text(lines)


@login_not_required
@require_safe
def for_humans(request: HttpRequest) -> HttpResponse:
    """``humans.txt``: who is behind it."""
    del request
    operator = settings.HUB_OPERATOR or settings.HUB_NAME
    about = f"{settings.PUBLIC_URL}{reverse('guide:page', args=['about'])}"
    return as_text([f"Run by: {operator}", f"Software: Arboretum {settings.HUB_VERSION}", about])
