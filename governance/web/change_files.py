"""What a change does to files, compared with what the visitor may compare it with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.core.actor import Actor
from models_catalog.changes.models import Change
from models_catalog.changes.queries import compared_with
from models_catalog.revisions.models import Revision
from models_catalog.versions.models import Version
from models_catalog.web.file_changes import FileLine, differences


@dataclass(frozen=True, slots=True)
class ChangedFiles:
    """Every file that changes, as the page shows it; ``diffs`` are those with text to show.

    ``base`` is what it was compared with, ``version`` the release that this is.
    """

    base: Revision | None
    version: Version | None
    lines: Sequence[FileLine]
    total: int
    diffs: Sequence[FileLine]
    more_diffs: int
    hidden: int


def files_of_change(
    change: Change, verdicts: Mapping[str, str], *, actor: Actor, full: str = ""
) -> ChangedFiles:
    """The files that ``change`` changes. ``full`` is the path whose difference is shown whole."""
    base, version = compared_with(change, actor=actor)
    found = differences(change.repo, base, change.head, verdicts, actor=actor, full=full)
    return ChangedFiles(
        base=base,
        version=version,
        lines=found.lines,
        total=found.total,
        diffs=found.diffs,
        more_diffs=found.more_diffs,
        hidden=found.hidden,
    )
