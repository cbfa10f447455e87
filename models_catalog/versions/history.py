"""The history of a revision as somebody may see it: readers of a reviewed model see what was released, not each draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from hub.core.actor import Actor
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.log import history_of, last_changes
from models_catalog.revisions.models import Occurrence, Revision
from models_catalog.revisions.trees import FileEntry
from models_catalog.versions.queries import SHOWN_STATES, may_see_unreleased

MOST_WALKED = 500


def visible_history(revision: Revision, *, limit: int, actor: Actor) -> list[Revision]:
    """The revision and those of its ancestors that the actor may see, newest first, ``limit`` at most.

    For readers of a reviewed model the walk ends after ``MOST_WALKED`` commits. The revision came by its door.
    """
    if may_see_unreleased(revision.repo, actor=actor):
        return history_of(revision, limit=limit)
    walked = history_of(revision, limit=MOST_WALKED)
    known = _shown_of(walked)
    return [each for each in walked if each.pk in known][:limit]


def visible_parent(revision: Revision, *, actor: Actor) -> Revision | None:
    """The nearest ancestor that the actor may see: what a commit is compared with."""
    return next(iter(visible_history(revision, limit=2, actor=actor)[1:]), None)


def visible_last_changes(
    revision: Revision, entries: Iterable[FileEntry], *, actor: Actor
) -> Mapping[str, Revision]:
    """For each path, the revision in which these bytes first stood there; drafts are left out for readers."""
    found = last_changes(revision, entries)
    if may_see_unreleased(revision.repo, actor=actor):
        return found
    known = _shown_of(found.values())
    return {path: each for path, each in found.items() if each.pk in known}


def visible_contents(revision: Revision, path: str, *, limit: int, actor: Actor) -> list[Revision]:
    """The revisions that first brought some bytes to this path, newest first: one per content, ``limit`` at most."""
    rows = Occurrence.objects.filter(repo_id=revision.repo_id, path=path)
    newest = rows.select_related("first_revision__author").order_by("-first_revision_id")
    found = [row.first_revision for row in newest[:limit]]
    if may_see_unreleased(revision.repo, actor=actor):
        return found
    known = _shown_of(found)
    return [each for each in found if each.pk in known]


def _shown_of(revisions: Iterable[Revision]) -> frozenset[int]:
    """The ids of those that readers of a reviewed model see."""
    shown = Q(versions__state__in=SHOWN_STATES) | Q(refs__name=MAIN)
    ids = {each.pk for each in revisions}
    return frozenset(Revision.objects.filter(shown, pk__in=ids).values_list("pk", flat=True))
