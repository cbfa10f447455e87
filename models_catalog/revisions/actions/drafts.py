"""Commits in memory: what is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from hub.core.actor import Actor
from models_catalog.revisions.models import Revision
from models_catalog.revisions.operations import Operation
from models_catalog.revisions.trees import (
    FileEntry,
    RawObject,
    build_commit,
    build_trees,
    manifest_digest,
)


@dataclass(frozen=True, slots=True)
class Work:
    """What a commit is asked to do. ``parent`` is the commit id that the caller built on, if they said so."""

    operations: Sequence[Operation]
    message: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A commit worked out in memory: everything slow is done before the transaction begins.

    ``added`` are the files that the repo may not hold yet.
    """

    base: Revision | None
    merged: Revision | None

    commit: RawObject
    trees: Sequence[RawObject]
    files: Mapping[str, FileEntry]
    added: Sequence[FileEntry]
    digest: str
    message: str
    when: datetime


def draft_of(
    files: Mapping[str, FileEntry],
    before: Mapping[str, FileEntry],
    *,
    base: Revision | None,
    message: str,
    actor: Actor,
    merged: Revision | None = None,
) -> Draft:
    """The commit that makes ``files`` of ``before``, with its trees; nothing is written."""
    root, trees = build_trees((path, entry.sha1) for path, entry in files.items())
    when = timezone.now().replace(microsecond=0)
    made = build_commit(
        tree=root,
        parents=[parent.sha1 for parent in (base, merged) if parent is not None],
        author=_signature(actor),
        when=when,
        message=message,
    )
    return Draft(
        base=base,
        merged=merged,
        commit=made,
        trees=trees,
        files=files,
        added=[entry for path, entry in files.items() if before.get(path) != entry],
        digest=manifest_digest(files),
        message=message,
        when=when,
    )


def _signature(actor: Actor) -> str:
    """``Name <address>`` for the commit; a person's real address is nobody's business."""
    if actor.user is None:
        return "hub <hub@noreply.invalid>"
    name = "".join(c for c in actor.user.name if c.isprintable() and c not in "<>").strip()
    return f"{name or actor.user.username} <{actor.user.username}@noreply.invalid>"
