"""``/status``: how the hub is, in words; ``/healthz`` is the same question for programs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from hub.core.jobs.queries import Backlog, backlog
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest

KEPT = 15  # seconds for which everybody is told the same
KEY = "hub:backlog"


@login_not_required
@require_safe
def status(request: HubRequest) -> HttpResponse:
    """Pages, database and work, with nothing of what the work is about."""
    work: Backlog | None = cache.get(KEY)
    if work is None:
        work = backlog()
        cache.set(KEY, work, KEPT)
    return render_page(request, "ui/status.html", {"work": work})
