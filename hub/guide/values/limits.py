"""How large, how many, how long: for those who bring files."""

from __future__ import annotations

from typing import Any

from accounts.namespaces.names import MAX_LENGTH
from governance.policies.rules.cards import SECTIONS
from governance.scanning.sandbox import reading_seconds
from models_catalog.cards.render import MAX_SOURCE
from models_catalog.revisions.paths import (
    MAX_COMPONENT_BYTES,
    MAX_DEPTH,
    MAX_FILES,
    MAX_PATH_BYTES,
)
from models_catalog.taxonomy.queries import tasks


def values() -> dict[str, Any]:
    """What the checks of names, paths and sizes go by."""
    return {
        "name_length": MAX_LENGTH,
        "path_bytes": MAX_PATH_BYTES,
        "component_bytes": MAX_COMPONENT_BYTES,
        "folders": MAX_DEPTH,
        "files": MAX_FILES,
        "card_bytes": MAX_SOURCE,
        "sections": [title for title, _words in SECTIONS.values()],
        "task_count": len(tasks()),
        "scan_seconds": reading_seconds(10**9),
    }
