"""``/_ui/``: every component in every state, for people who build pages and for the browser tests."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from hub.ui.gallery_samples import SampleForm, sample_values
from hub.ui.rendering import render_page

PAGES = ("parts", "model")


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Only for staff, or while developing; everybody else gets the same answer as for any missing page."""
    user = getattr(request, "user", None)
    if not (settings.DEBUG or getattr(user, "is_staff", False)):
        raise Http404
    page = request.GET.get("page", PAGES[0])
    if page not in PAGES:
        raise Http404
    refused = SampleForm({"title": "", "decision": "changes"})
    refused.is_valid()
    if request.GET.get("message"):
        messages.success(request, "Your decision was sent.")
    values = sample_values() | {"form": SampleForm(), "refused": refused}
    return render_page(request, f"ui/{page}.html", values, fragment="polled")
