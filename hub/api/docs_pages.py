"""The API for people: a page of contents, a page per tag, and the kinds of problems; all made from the document."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hub.api.problems import KINDS
from hub.api.reading import chapters
from hub.core.errors import NotFound
from hub.ui.parts import Crumb, NavGroup, Tab
from hub.ui.rendering import render_page


@login_not_required
@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """Every operation in one line."""
    context = _context("") | {"chapters": chapters()}
    return render_page(request, "api/contents.html", context)


@login_not_required
@require_safe
def operations(request: HttpRequest, tag: str) -> HttpResponse:
    """The operations of one tag."""
    chapter = next((each for each in chapters() if each.slug == tag), None)
    if chapter is None:
        raise NotFound
    return render_page(request, "api/operations.html", _context(tag) | {"chapter": chapter})


@login_not_required
@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Each kind of problem, at the address that its ``type`` names."""
    kinds = sorted(KINDS.items(), key=lambda each: each[1].status)
    return render_page(request, "api/problems.html", _context("problems") | {"kinds": kinds})


def _context(here: str) -> dict[str, Any]:
    listed = [("", _("Overview"), reverse("api:docs"))]
    listed += [
        (each.slug, each.title, reverse("api:docs-tag", args=[each.slug])) for each in chapters()
    ]
    listed.append(("problems", _("Problems"), reverse("api:docs-problems")))
    tabs = [Tab(title, url, None, is_current=slug == here) for slug, title, url in listed]
    return {
        "section": "guide",
        "base": f"{settings.PUBLIC_URL}/api/v1",
        "nav": [NavGroup("", tabs)],
        "crumbs": [Crumb(_("API"), reverse("api:docs"))] if here else [],
    }
