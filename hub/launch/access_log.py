"""gunicorn's log of requests, without what opens doors: some addresses are secrets, and whoever reads one can use it."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from hub.core.redaction import without_secrets


class RequestLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Every text that a line may be made of goes through the sieve: the address, the one before, headers, and names."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """The values that gunicorn's format names."""
        found = super().atoms(resp, req, environ, request_time)
        return {
            name: without_secrets(value) if isinstance(value, str) else value
            for name, value in found.items()
        }
