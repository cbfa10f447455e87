"""What happens in scanning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models_catalog.repos.events import RepoEvent
from models_catalog.revisions.models import Revision


@dataclass(frozen=True, kw_only=True)
class RevisionScanned(RepoEvent):
    """Every file of a revision has been judged, by its bytes and by its surroundings."""

    name = "revision:scanned"
    revision: Revision = field(repr=False, compare=False)
    sha1: str
    verdict: str
    ruleset: str
    file_count: int

    def details(self) -> Any:
        """The fields for the record: all but the rows."""
        return {key: value for key, value in super().details().items() if key != "revision"}
