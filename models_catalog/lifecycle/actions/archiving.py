"""Making a model read only, and taking that back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.errors import Conflict
from hub.core.events import emit
from models_catalog.lifecycle.events import RepoArchived, RepoUnarchived
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import hold_repo, require_active, require_repo_right


@transaction.atomic
def archive_repo(repo: Repo, *, actor: Actor) -> Repo:
    """Make a model read only: it is read and fetched as before, takes nothing more and is left out of lists.

    A second time changes nothing. Raises as ``require_active`` for what is gone.
    """
    require_repo_right(repo, Right.MANAGE, actor=actor)
    repo = hold_repo(repo)
    require_active(repo, actor=actor, though_archived=True)
    if repo.is_archived:
        return repo
    repo.archived_at, repo.archived_by = timezone.now(), actor.user
    repo.save(update_fields=["archived_at", "archived_by"])
    emit(RepoArchived(actor=actor, repo=repo))
    return repo


@transaction.atomic
def unarchive_repo(repo: Repo, *, actor: Actor) -> Repo:
    """Let an archived model be worked on again. Raises ``Conflict`` for one that is not archived."""
    require_repo_right(repo, Right.MANAGE, actor=actor)
    repo = hold_repo(repo)
    require_active(repo, actor=actor, though_archived=True)
    if not repo.is_archived:
        raise Conflict(_("This model is not archived."))
    repo.archived_at, repo.archived_by = None, None
    repo.save(update_fields=["archived_at", "archived_by"])
    emit(RepoUnarchived(actor=actor, repo=repo))
    return repo
