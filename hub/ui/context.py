"""How the hub looks for this visitor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest

from hub.ui.addresses import address

THEME_COOKIE = "theme"
SAVER_COOKIE = "saver"
SHORTCUTS_COOKIE = "shortcuts"
THEMES = ("light", "dark")


def appearance(request: HttpRequest | None) -> dict[str, Any]:
    """What this visitor chose and the hub's names; reads cookies and settings only, so error pages may use it too."""
    cookies = request.COOKIES if request else {}
    theme = cookies.get(THEME_COOKIE, "")
    return {
        "theme": theme if theme in THEMES else "",
        "data_saver": wants_less_data(request),
        "has_shortcuts": cookies.get(SHORTCUTS_COOKIE) != "off",
        "languages": languages(),
        "here": request.get_full_path() if request else "",
        "hub_name": settings.HUB_NAME,
        "operator_name": settings.HUB_OPERATOR,
        "hub_version": settings.HUB_VERSION,
        "source_url": settings.HUB_SOURCE_URL,
        "guide_url": address("guide:index"),
    }


def languages() -> list[tuple[str, str]]:
    """(code, its own name) of each language that can be chosen; none while there is only one."""
    offered = [
        (code, str(LANG_INFO.get(code, {}).get("name_local", name)))
        for code, name in settings.LANGUAGES
    ]
    return offered if len(offered) > 1 else []


def wants_less_data(request: HttpRequest | None) -> bool:
    """The visitor's own choice, else what the browser asks for."""
    if request is None:
        return False
    chosen = request.COOKIES.get(SAVER_COOKIE)
    if chosen in ("on", "off"):
        return chosen == "on"
    return request.headers.get("Save-Data", "").lower() == "on"
