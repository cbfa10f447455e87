"""From where a request comes."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address, or empty when it cannot be known.

    Behind ``TRUSTED_PROXIES`` proxies it is what the outermost of them wrote into ``X-Forwarded-For``; whatever
    stands further left was sent by the visitor and proves nothing.
    """
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        return _checked(hops[-proxies]) if len(hops) >= proxies else ""
    return _checked(request.META.get("REMOTE_ADDR", ""))


def _checked(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return ""
