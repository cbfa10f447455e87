"""Bringing a change up to date with what it grew from."""

from __future__ import annotations

from collections.abc import Mapping

from hub.core.actor import Actor
from hub.core.errors import Conflict
from models_catalog.revisions.actions.drafts import Draft, draft_of
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import files_of
from models_catalog.revisions.trees import (
    FileEntry,
)


def draft_merge(
    *, base: Revision, ours: Revision, theirs: Revision, message: str, actor: Actor
) -> Draft:
    """Bring ``ours`` (a change) up to date with ``theirs`` (main), both grown from ``base``.

    Raises ``Conflict`` naming the paths that both changed in different ways.
    """
    before, mine, other = files_of(base), files_of(ours), files_of(theirs)
    result = dict(mine)
    clashes = []
    for path in sorted(before.keys() | other.keys() | mine.keys()):
        was, here, there = (_sha(files, path) for files in (before, mine, other))
        if there in (was, here):
            continue
        if here != was:
            clashes.append(path)
        elif path in other:
            result[path] = other[path]
        else:
            result.pop(path, None)
    if clashes:
        shown = ", ".join(clashes[:5]) + (
            f" and {len(clashes) - 5} more" if len(clashes) > 5 else ""
        )
        raise Conflict(
            f"“main” has changed the same files meanwhile: {shown}. Upload them again on top of “main”."
        )
    return draft_of(result, result, base=ours, merged=theirs, message=message + "\n", actor=actor)


def _sha(files: Mapping[str, FileEntry], path: str) -> str | None:
    return files[path].sha256 if path in files else None
