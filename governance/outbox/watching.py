"""Watching models and their owners."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_means
from accounts.namespaces.models import Namespace
from accounts.users.models import User
from governance.outbox.events import WatchChanged
from governance.outbox.models import Level, Watch
from hub.core.actor import Actor
from hub.core.errors import Invalid
from hub.core.events import emit
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
    emit(
        WatchChanged(
            actor=actor,
            subject=f"user:{user.pk}",
            label=user.username,
            namespace_id=user.namespace_id,
            watched=thing.full_name if isinstance(thing, Repo) else thing.name,
            level=level,
        )
    )
    return level


def require_oneself(actor: Actor) -> User:
    """The person, in their own affairs: no read token changes what they are told."""
    namespace_id = actor.user.namespace_id if actor.user else 0
    require_means(actor, Right.WRITE, namespace_id=namespace_id)
    assert actor.user is not None
    return actor.user


def _watches(thing: Repo | Namespace) -> QuerySet[Watch]:
    if isinstance(thing, Repo):
        return Watch.objects.filter(repo=thing)
    return Watch.objects.filter(namespace=thing)
