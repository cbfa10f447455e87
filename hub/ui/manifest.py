"""``/manifest.webmanifest``: what a device shows when somebody keeps the hub on their home screen."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SIZES = (192, 512)
PLATE = "#14271e"


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> JsonResponse:
    """The hub's name, its colours and its icons; these reach the edge, so that a device may cut them to its shape."""
    del request
    icons = [
        {
            "src": static(f"app-icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in SIZES
    ]
    values = {
        "name": settings.HUB_NAME,
        "short_name": settings.HUB_NAME[:12],
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PLATE,
        "theme_color": PLATE,
        "icons": icons,
    }
    return JsonResponse(values, content_type="application/manifest+json")
