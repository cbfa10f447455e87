"""How the hub looks for this visitor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEME_COOKIE = "theme"
SAVER_COOKIE = "saver"
THEMES = ("light", "dark")


def appearance(request: HttpRequest | None) -> dict[str, Any]:
    """Theme, data saver and the hub's names; reads cookies and settings only, so error pages may use it too."""
    cookies = request.COOKIES if request else {}
    theme = cookies.get(THEME_COOKIE, "")
    return {
        "theme": theme if theme in THEMES else "",
        "data_saver": _wants_less_data(request),
        "here": request.get_full_path() if request else "",
        "hub_name": settings.HUB_NAME,
        "operator_name": settings.HUB_OPERATOR,
        "hub_version": settings.HUB_VERSION,
        "guide_url": getattr(settings, "HUB_GUIDE_URL", ""),
    }


def _wants_less_data(request: HttpRequest | None) -> bool:
    """The visitor's own choice, else what the browser asks for."""
    if request is None:
        return False
    chosen = request.COOKIES.get(SAVER_COOKIE)
    if chosen in ("on", "off"):
        return chosen == "on"
    return request.headers.get("Save-Data", "").lower() == "on"
