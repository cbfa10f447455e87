"""Background entry points of search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hub.core.jobs.actions import handles
from models_catalog.search.actions import (
    REFRESH,
    REFRESH_HOLDERS,
    refresh,
    request_refresh_of_holders,
)


@handles(REFRESH)
def refresh_row(payload: Mapping[str, Any]) -> str:
    """Carry out a job of kind ``refresh_search``."""
    refresh(payload["repo_id"])
    return ""


@handles(REFRESH_HOLDERS)
def refresh_holders(payload: Mapping[str, Any]) -> str:
    """Carry out a job of kind ``refresh_search_of_blob``."""
    return f"{request_refresh_of_holders(payload['blob_id'])} repos"
