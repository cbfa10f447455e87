"""Removing a deleted model for good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db import models, transaction
from django.db.models import CASCADE, PROTECT, ForeignObjectRel, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor, Means
from hub.core.errors import Conflict, Forbidden, Gone
from hub.core.events import emit
from models_catalog.lifecycle.events import RepoPurged
from models_catalog.lifecycle.gates import PurgeQuestion, purge_gate
from models_catalog.lifecycle.queries import purgeable_from
from models_catalog.lifecycle.reasons import StillNeeded, checked_reason
from models_catalog.repos.models import FormerName, Repo
from models_catalog.repos.queries import hold_repo, require_repo_right
from models_catalog.repos.standing import what_became_of

# What stays: names that must not be given out again; and the rows of lists, which their own refresh takes away.
_KEPT = (FormerName._meta.label, "models_catalog.SearchRow")  # noqa: SLF001 - documented API


@transaction.atomic
def purge_repo(repo: Repo, *, reason: str, actor: Actor) -> Repo:
    """Remove everything a deleted model consists of; its row stays and says who, when and why.

    The bytes that no other model holds are freed by the next collection. Only after the grace period, and never by whoever
    deleted it: no single person, and nobody with one stolen session, can make a model vanish. Raises ``Conflict`` before
    its time or when other models rely on it, ``Forbidden`` for the one who deleted it.
    """
    require_purge(repo, actor=actor)
    reason = checked_reason(reason)
    repo = hold_repo(repo)
    if repo.purged_at is not None:
        raise Gone(what_became_of(repo))
    if repo.deleted_at is None:
        raise Conflict(_("Only a deleted model can be purged. Delete it first."))
    _require_second(repo, actor)
    _require_grace_over(repo)
    refusals = purge_gate.ask(PurgeQuestion(repo=repo, version=None, actor=actor))
    if refusals:
        raise StillNeeded(
            _("This model cannot be purged yet."), [refusal.reason for refusal in refusals]
        )
    rows = _remove_all(repo)
    repo.purged_at, repo.purged_by, repo.purged_reason = timezone.now(), actor.user, reason
    repo.save(update_fields=["purged_at", "purged_by", "purged_reason"])
    emit(RepoPurged(actor=actor, repo=repo, reason=reason, rows=rows))
    return repo


def require_purge(repo: Repo, *, actor: Actor) -> None:
    """Raise unless the actor manages the model or administers the instance in person."""
    user = actor.user
    is_in_person = actor.means in (Means.SESSION, Means.COMMAND)
    if user is not None and user.is_superuser and user.is_active and is_in_person:
        return
    require_repo_right(repo, Right.MANAGE, actor=actor)


def _require_second(repo: Repo, actor: Actor) -> None:
    if repo.deleted_by_id == actor.user_id:
        raise Forbidden(
            _(
                "You deleted this model, so somebody else has to purge it: another person with the right to manage it, "
                "or an administrator of this hub."
            )
        )


def _require_grace_over(repo: Repo) -> None:
    ends = purgeable_from(repo)
    if timezone.now() < ends:
        raise Conflict(
            _("This model can be restored until {date}, and be purged only after that.").format(
                date=f"{ends:%-d %b %Y, %H:%M} UTC"
            )
        )


def _remove_all(repo: Repo) -> int:
    """Delete every row that belongs to the repo, those furthest away first; answer how many.

    Rows of the same repo protect each other against being lost singly. All of them go at once here, and the database checks
    its foreign keys when the transaction ends: a row that something outside still needs stops the purge as a whole.
    """
    removed = 0
    paths = _belonging()
    for model in sorted(paths, key=lambda found: -max(path.count("__") for path in paths[found])):
        theirs = reduce(or_, (Q(**{path: repo.pk}) for path in paths[model]))
        rows: QuerySet[Any] = QuerySet(model).filter(theirs)
        removed += rows._raw_delete(rows.db)  # noqa: SLF001
    return removed


def _belonging() -> Mapping[type[models.Model], list[str]]:
    """Every model whose rows belong to a repo, with the paths of fields that lead there."""
    paths: dict[type[models.Model], list[str]] = defaultdict(list)
    pending: list[tuple[tuple[type[models.Model], ...], str]] = [((Repo,), "")]
    while pending:
        chain, path = pending.pop()
        for model, field in _children(chain[-1]):
            if model not in chain:
                longer = f"{field}__{path}" if path else field
                paths[model].append(longer)
                pending.append(((*chain, model), longer))
    return paths


def _children(owner: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """The models whose rows go with a row of ``owner``, and the field that says which."""
    for relation in owner._meta.get_fields(include_hidden=True):  # noqa: SLF001 - documented API
        if isinstance(relation, ForeignObjectRel) and relation.on_delete in (CASCADE, PROTECT):
            model = relation.related_model
            if model._meta.label not in _KEPT:  # noqa: SLF001 - documented API
                yield model, relation.field.name
