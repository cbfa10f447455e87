"""Reading threads and changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.errors import NotFound
from models_catalog.changes.models import Change, Comment, Discussion, DiscussionState
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import files_of
from models_catalog.revisions.trees import FileEntry
from models_catalog.versions.models import Version, VersionState
from models_catalog.versions.queries import may_see_revision, may_see_unreleased

OPEN_STATES = (DiscussionState.DRAFT, DiscussionState.OPEN)
PUSHES = ("opened", "pushed", "updated")


@dataclass(frozen=True, slots=True)
class FileChange:
    """A path that differs between two revisions: ``before`` is ``None`` when added, ``after`` when removed."""

    path: str
    before: FileEntry | None
    after: FileEntry | None

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def visible_discussions(repo: Repo, *, actor: Actor) -> QuerySet[Discussion]:
    """Threads that the actor may read, newest first.

    Changes of a reviewed repo are for insiders until they are merged, requests until they are granted.
    """
    threads = (
        Discussion.objects.filter(repo=repo)
        .select_related("author", "repo__namespace")
        .order_by("-number")
    )
    if may_see_unreleased(repo, actor=actor):
        return threads
    asks = Q(change__isnull=False) | Q(is_request=True)
    return threads.exclude(asks, state__in=[*OPEN_STATES, DiscussionState.CLOSED])


def get_discussion(repo: Repo, number: int, *, actor: Actor) -> Discussion:
    """One thread. Raises ``NotFound``."""
    found = visible_discussions(repo, actor=actor).filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no discussion or change with this number."))
    return found


def get_change(repo: Repo, number: int, *, actor: Actor) -> Change:
    """One change with its revisions. Raises ``NotFound``, also for a thread that is no change."""
    discussion = get_discussion(repo, number, actor=actor)
    found = (
        Change.objects.filter(discussion=discussion)
        .select_related(
            "discussion__repo__namespace", "discussion__author", "head__author", "base", "version"
        )
        .first()
    )
    if found is None:
        raise NotFound(_("This is a discussion; it proposes no change."))
    return found


def open_changes(namespace_ids: Sequence[int]) -> QuerySet[Change]:
    """The open changes of some namespaces' repos, oldest first: a queue."""
    return (
        Change.objects.filter(
            discussion__repo__namespace_id__in=namespace_ids,
            discussion__state=DiscussionState.OPEN,
            discussion__repo__deleted_at=None,
        )
        .select_related("discussion__repo__namespace", "discussion__author", "head", "version")
        .order_by("discussion__created_at", "id")
    )


def comments_of(discussion: Discussion) -> QuerySet[Comment]:
    """Everything said and done in a thread, in order."""
    return Comment.objects.filter(discussion=discussion).select_related("author").order_by("id")


def pushers_of(change: Change) -> frozenset[int]:
    """The people whose commits the change consists of: none of them counts as its reviewer."""
    pushed = Comment.objects.filter(discussion=change.discussion, kind__in=PUSHES)
    return frozenset(pushed.exclude(author=None).values_list("author_id", flat=True))


def compared_with(change: Change, *, actor: Actor) -> tuple[Revision | None, Version | None]:
    """What the actor may compare a change with, and the released version that this is.

    That is where the change branched off. Readers who may not see that commit (``main`` of a model that came under review
    later) compare with the version that was released before, or with nothing.
    """
    base = change.base
    released = Version.objects.filter(repo=change.repo, state=VersionState.RELEASED)
    if base is None or may_see_revision(change.repo, base, actor=actor):
        return base, released.filter(revision=base).order_by("-number").first() if base else None
    earlier = released.filter(number__lt=change.version.number).select_related("revision")
    version = earlier.order_by("-number").first()
    return (version.revision, version) if version else (None, None)


def changed_files(before: Revision | None, after: Revision) -> list[FileChange]:
    """Every path that differs, sorted."""
    old, new = files_of(before) if before else {}, files_of(after)
    return [
        FileChange(path=path, before=old.get(path), after=new.get(path))
        for path in sorted(old.keys() | new.keys())
        if _sha(old.get(path)) != _sha(new.get(path))
    ]


def _sha(entry: FileEntry | None) -> str | None:
    return None if entry is None else entry.sha256
