"""What programs meet: refusals, limits, scopes of tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import ngettext

from accounts.authz.policy import RIGHT_TITLES, TOKEN_SCOPES
from accounts.tokens.secret import PREFIX
from accounts.web.words import SCOPE_MEANS, SCOPE_TITLES
from hub.api.pages import MOST, USUAL
from hub.api.problems import KINDS
from hub.core.idempotency.actions import KEPT_FOR
from hub.core.rate_limits import LIMITS, Limit, limit_named
from hub.ui.addresses import address


def values() -> dict[str, Any]:
    """What somebody who writes a program looks up."""
    return {
        "kinds": sorted(KINDS.items(), key=lambda each: (each[1].status, each[0])),
        "limits": limit_rows(),
        "scopes": [
            {
                "id": scope,
                "title": SCOPE_TITLES[scope],
                "means": SCOPE_MEANS[scope],
                "rights": [RIGHT_TITLES[right] for right in RIGHT_TITLES if right in rights],
            }
            for scope, rights in TOKEN_SCOPES.items()
        ],
        "key_hours": KEPT_FOR // timedelta(hours=1),
        "prefix": PREFIX,
        "most": MOST,
        "usual": USUAL,
        "reference": address("api:docs"),
        "schema": address("api:schema"),
    }


def limit_rows() -> list[tuple[Limit, str]]:
    """How often things may be done on this hub, with the time in words; what has no limit is left out."""
    rows = [limit_named(name) for name in LIMITS]
    return [(row, _in_words(row.seconds)) for row in rows if row.count]


def _in_words(seconds: int) -> str:
    if seconds % 3600 == 0:
        number = seconds // 3600
        return ngettext("%(number)d hour", "%(number)d hours", number) % {"number": number}
    if seconds % 60 == 0:
        number = seconds // 60
        return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number}
    return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
