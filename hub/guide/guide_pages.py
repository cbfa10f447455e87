"""``/guide``: the chapters as pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hub.core.errors import NotFound
from hub.guide.chapters import BY_SLUG, CHAPTERS, Chapter
from hub.guide.rendering import rendered
from hub.ui.parts import Crumb, NavGroup, Tab
from hub.ui.rendering import render_page


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every chapter in a sentence."""
    context = {
        "section": "guide",
        "chapters": [each for each in CHAPTERS if not each.is_small_print],
        "small_print": [each for each in CHAPTERS if each.is_small_print],
    }
    return render_page(request, "guide/index.html", context)


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter. Raises ``NotFound`` for others."""
    chapter = BY_SLUG.get(slug)
    if chapter is None:
        raise NotFound
    place = CHAPTERS.index(chapter)
    body = rendered(slug)
    context = {
        "section": "guide",
        "chapter": chapter,
        "body": body,
        "nav": _navigation(chapter),
        "crumbs": [Crumb(_("Guide"), reverse("guide:index")), Crumb(chapter.title)],
        "previous": CHAPTERS[place - 1] if place else None,
        "next": CHAPTERS[place + 1] if place + 1 < len(CHAPTERS) else None,
        "address": f"{settings.PUBLIC_URL}{request.path}",
    }
    return render_page(request, "guide/page.html", context)


def _navigation(current: Chapter) -> list[NavGroup]:
    """The chapters beside the text, small print below."""
    return [
        NavGroup(
            title,
            [
                Tab(each.title, reverse("guide:page", args=[each.slug]), is_current=each is current)
                for each in CHAPTERS
                if each.is_small_print is is_small_print
            ],
        )
        for title, is_small_print in ((_("Chapters"), False), (_("Small print"), True))
    ]
