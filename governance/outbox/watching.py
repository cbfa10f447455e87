"""Watching models and their owners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_means, require_person
from accounts.namespaces.models import Namespace
from accounts.users.models import User
from governance.outbox.events import WatchChanged
from governance.outbox.models import Level, Watch
from hub.core.actor import Actor
from hub.core.errors import Invalid
from hub.core.events import emit
from hub.core.pagination import page_of
from models_catalog.repos.models import Repo

NOT_WATCHING = "none"


def watch_of(thing: Repo | Namespace, *, actor: Actor) -> str:
    """The level at which the actor watches it, ``none`` when they do not."""
    if actor.user is None:
        return NOT_WATCHING
    found = _watches(thing).filter(user=actor.user).values_list("level", flat=True).first()
    return found or NOT_WATCHING


@transaction.atomic
def watch(thing: Repo | Namespace, *, level: str, actor: Actor) -> str:
    """Hear of a model or of all models of an owner at ``level``; ``none`` ends it. The last word counts."""
    user = require_oneself(actor)
    if level not in (*Level.values, NOT_WATCHING):
        raise Invalid(
            _("Choose what to hear of: {levels}.").format(
                levels=", ".join([*Level.values, NOT_WATCHING])
            ),
            field="level",
        )
    if watch_of(thing, actor=actor) == level:
        return level
    if level == NOT_WATCHING:
        _watches(thing).filter(user=user).delete()
    else:
        which = {"repo": thing} if isinstance(thing, Repo) else {"namespace": thing}
        Watch.objects.update_or_create(user=user, **which, defaults={"level": level})
    emit(_changed(user, thing, level, actor=actor))
    return level


@dataclass(frozen=True, slots=True)
class Watched:
    """Something that somebody chose a level for; without a ``name`` they may no longer know of it."""

    id: int
    level: str
    name: str
    is_owner: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """One page of them with the cursors of its neighbours."""

    rows: Sequence[Watched]
    next_cursor: str | None
    previous_cursor: str | None


def watched_page(*, actor: Actor, cursor: str | None = None, size: int = 30) -> WatchedPage:
    """What the actor watches or has muted, the last chosen first: three queries, whatever the number."""
    require_person(actor)
    page = page_of(_own(actor), keys=("-id",), cursor=cursor, size=size)
    shown = Repo.objects.visible_to(actor).filter(pk__in=[each.repo_id for each in page.rows])
    names = {repo.pk: repo.full_name for repo in shown.select_related("namespace")}
    rows = [
        Watched(
            id=each.pk,
            level=each.level,
            name=each.namespace.name if each.namespace else names.get(each.repo_id or 0, ""),
            is_owner=each.namespace is not None,
            since=each.created_at,
        )
        for each in page.rows
    ]
    return WatchedPage(rows, page.next_cursor, page.previous_cursor)


@transaction.atomic
def end_watch(watch_id: int, *, actor: Actor) -> None:
    """End one of one's own by its id, also of something one may no longer see. A second time changes nothing."""
    user = require_oneself(actor)
    found = _own(actor).filter(pk=watch_id).select_related("repo__namespace").first()
    if found is None:
        return
    found.delete()
    thing = found.namespace or found.repo
    repo = found.repo
    is_known = repo is None or Repo.objects.visible_to(actor).filter(pk=repo.pk).exists()
    emit(_changed(user, thing if is_known else None, NOT_WATCHING, actor=actor))


def require_oneself(actor: Actor) -> User:
    """The person, in their own affairs: no read token changes what they are told."""
    namespace_id = actor.user.namespace_id if actor.user else 0
    require_means(actor, Right.WRITE, namespace_id=namespace_id)
    assert actor.user is not None
    return actor.user


def _own(actor: Actor) -> QuerySet[Watch]:
    return Watch.objects.filter(user=actor.user_id or 0).select_related("namespace")


def _changed(
    user: User, thing: Repo | Namespace | None, level: str, *, actor: Actor
) -> WatchChanged:
    name = thing.full_name if isinstance(thing, Repo) else thing.name if thing else "–"
    return WatchChanged(
        actor=actor,
        subject=f"user:{user.pk}",
        label=user.username,
        namespace_id=user.namespace_id,
        watched=name,
        level=level,
    )


def _watches(thing: Repo | Namespace) -> QuerySet[Watch]:
    if isinstance(thing, Repo):
        return Watch.objects.filter(repo=thing)
    return Watch.objects.filter(namespace=thing)
