"""Headers that every answer bears, whoever made it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Nothing here asks a browser for these; script that got in all the same shall not have them either.
FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in FEATURES)
NEVER_KEPT = ("/settings", "/accounts/", "/invitations")
OWN_PAGES = "private, no-cache"
NOWHERE = "private, no-store"


def headers(get_response: GetResponse) -> GetResponse:
    """Add what is missing.

    An answer that says nothing of caches depends on who asks: a proxy must not hand it to the next visitor, and a
    browser asks again before it shows it. Pages about an account are not kept at all, not even for the Back button of
    whoever sits down at the machine next.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        is_about_account = request.path_info.startswith(NEVER_KEPT)
        if is_about_account and "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = NOWHERE
        response.headers.setdefault("Cache-Control", OWN_PAGES)
        if "public" not in response.headers["Cache-Control"]:
            patch_vary_headers(response, ["Cookie", "Authorization"])
        return response

    return middleware
