"""Deleting a model, and bringing it back while that is possible."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.errors import Conflict, Gone
from hub.core.events import emit
from models_catalog.lifecycle.events import RepoDeleted, RepoRestored
from models_catalog.lifecycle.reasons import checked_reason
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import hold_repo, require_repo_right
from models_catalog.repos.standing import what_became_of


@transaction.atomic
def delete_repo(repo: Repo, *, reason: str, actor: Actor) -> Repo:
    """Hide a model from everybody. Nothing of it goes yet: it can be restored until somebody else purges it.

    Archived and withdrawn models can be deleted too. Raises ``Gone`` when it has been deleted already.
    """
    require_repo_right(repo, Right.MANAGE, actor=actor)
    reason = checked_reason(reason)
    repo = hold_repo(repo)
    if repo.deleted_at is not None:
        raise Gone(what_became_of(repo))
    repo.deleted_at, repo.deleted_by, repo.deleted_reason = timezone.now(), actor.user, reason
    repo.save(update_fields=["deleted_at", "deleted_by", "deleted_reason"])
    emit(RepoDeleted(actor=actor, repo=repo, reason=reason))
    return repo


@transaction.atomic
def restore_repo(repo: Repo, *, actor: Actor) -> Repo:
    """Bring a deleted model back as it was, with its name. Raises ``Gone`` for a purged one."""
    require_repo_right(repo, Right.MANAGE, actor=actor)
    repo = hold_repo(repo)
    if repo.purged_at is not None:
        raise Gone(what_became_of(repo))
    if repo.deleted_at is None:
        raise Conflict(_("This model has not been deleted, or somebody restored it meanwhile."))
    repo.deleted_at, repo.deleted_by, repo.deleted_reason = None, None, ""
    repo.save(update_fields=["deleted_at", "deleted_by", "deleted_reason"])
    emit(RepoRestored(actor=actor, repo=repo))
    return repo
