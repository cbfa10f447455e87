"""What programs meet: refusals, limits, scopes of tokens."""

from __future__ import annotations

from typing import Any

from accounts.authz.policy import RIGHT_TITLES, TOKEN_SCOPES
from accounts.tokens.secret import PREFIX
from accounts.web.words import SCOPE_MEANS, SCOPE_TITLES
from hub.api.pages import MOST, USUAL
from hub.api.problems import KINDS
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
        "prefix": PREFIX,
        "most": MOST,
        "usual": USUAL,
        "reference": address("api:docs"),
        "schema": address("api:schema"),
    }


def limit_rows() -> list[Limit]:
    """How often things may be done on this hub; what has no limit is left out."""
    rows = [limit_named(name) for name in LIMITS]
    return [row for row in rows if row.count]
