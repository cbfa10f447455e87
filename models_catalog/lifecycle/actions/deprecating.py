"""Advising against a model that is still there."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid
from hub.core.events import emit
from models_catalog.lifecycle.events import RepoDeprecated, RepoUndeprecated
from models_catalog.lifecycle.reasons import checked_reason
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import hold_repo, require_active, require_repo_right

FIELDS = ["deprecated_at", "deprecated_by", "deprecated_reason", "successor"]


@transaction.atomic
def deprecate_repo(repo: Repo, *, reason: str, successor: Repo | None = None, actor: Actor) -> Repo:
    """Ask people not to begin using a model: it says so and names a successor, is left out of lists, and works as before.

    Once more changes the reason and the successor.
    """
    require_repo_right(repo, Right.MANAGE, actor=actor)
    reason = checked_reason(reason)
    if successor is not None and successor.pk == repo.pk:
        raise Invalid(_("A model cannot be its own successor."), field="successor")
    repo = hold_repo(repo)
    require_active(repo, actor=actor, though_archived=True)
    same = (repo.deprecated_reason, repo.successor_id) == (reason, successor and successor.pk)
    if repo.deprecated_at is not None and same:
        return repo
    repo.deprecated_at, repo.deprecated_by = timezone.now(), actor.user
    repo.deprecated_reason, repo.successor = reason, successor
    repo.save(update_fields=FIELDS)
    use_instead = successor.full_name if successor else ""
    emit(RepoDeprecated(actor=actor, repo=repo, reason=reason, use_instead=use_instead))
    return repo


@transaction.atomic
def undeprecate_repo(repo: Repo, *, actor: Actor) -> Repo:
    """No longer advise against a model. Raises ``Conflict`` when nobody did."""
    require_repo_right(repo, Right.MANAGE, actor=actor)
    repo = hold_repo(repo)
    require_active(repo, actor=actor, though_archived=True)
    if repo.deprecated_at is None:
        raise Conflict(_("This model is not deprecated."))
    repo.deprecated_at, repo.deprecated_by = None, None
    repo.deprecated_reason, repo.successor = "", None
    repo.save(update_fields=FIELDS)
    emit(RepoUndeprecated(actor=actor, repo=repo))
    return repo
