"""Giving a model another name, or another owner."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.namespaces.models import Namespace
from accounts.namespaces.names import fold
from hub.core.actor import Actor
from hub.core.errors import Conflict
from hub.core.events import emit
from models_catalog.grants.models import Grant
from models_catalog.lifecycle.events import RepoLeft, RepoRenamed, RepoTransferred
from models_catalog.repos.models import FormerName, Repo, RepoGroupPermission
from models_catalog.repos.naming import hold_namespace, name_taken, require_create, require_free
from models_catalog.repos.queries import hold_repo, require_active, require_repo_right


@transaction.atomic
def rename_repo(repo: Repo, *, name: str, actor: Actor) -> Repo:
    """Give a model another name under the same owner. The old one leads to it for good, and nobody can take it.

    Raises ``Invalid`` for a bad name, ``Conflict`` for one that is or was another model's, and as ``require_active``.
    """
    require_repo_right(repo, Right.MANAGE, actor=actor)
    repo = hold_repo(repo)
    require_active(repo, actor=actor)
    name = name.strip()
    hold_namespace(repo.namespace)
    require_free(name, namespace=repo.namespace, mover=repo)
    if name == repo.name:
        return repo
    old_name = repo.full_name
    _settle(repo, namespace=repo.namespace, name=name)
    emit(RepoRenamed(actor=actor, repo=repo, old_name=old_name))
    return repo


@transaction.atomic
def transfer_repo(repo: Repo, *, namespace: Namespace, name: str = "", actor: Actor) -> Repo:
    """Give a model another owner: the actor manages it here and may add models there.

    Rights on both sides in one person need no acceptance by anybody else: nothing arrives that its new home could not have
    been given by the same person as a new model. From now on the rules of the new home apply, and what is reviewed stays
    so even where new models are not; rights that teams of the old home had on it end, those given to a person stay.
    Tokens limited to a namespace follow what it holds.
    """
    require_repo_right(repo, Right.MANAGE, actor=actor)
    require_create(namespace, actor=actor)
    repo = hold_repo(repo)
    require_active(repo, actor=actor)
    if repo.namespace_id == namespace.pk:
        raise Conflict(_("{namespace} has this model already.").format(namespace=namespace.name))
    for each in sorted((repo.namespace, namespace), key=lambda held: held.pk):
        hold_namespace(each)
    name = name.strip() or repo.name
    require_free(name, namespace=namespace, mover=repo)
    old_name = repo.full_name
    emit(RepoLeft(actor=actor, repo=repo, new_name=f"{namespace.name}/{name}"))
    _settle(repo, namespace=namespace, name=name)
    if namespace.is_reviewed and not repo.is_protected:
        repo.is_protected = True
        repo.save(update_fields=["is_protected"])
    ended = _end_grants_of_teams(repo)
    emit(RepoTransferred(actor=actor, repo=repo, old_name=old_name, ended_grants=ended))
    return repo


def _end_grants_of_teams(repo: Repo) -> int:
    """Every team belongs to the home that is left: what it was given ends here; answers how many had something."""
    grants = Grant.objects.filter(repo=repo, group__isnull=False)
    ended = grants.count()
    grants.delete()
    RepoGroupPermission.objects.filter(content_object=repo).delete()
    return ended


def _settle(repo: Repo, *, namespace: Namespace, name: str) -> None:
    """Write the new name down and keep the old one; a name that was its own before it has back."""
    was, folded = (repo.namespace, repo.name, repo.folded), fold(name)
    FormerName.objects.filter(repo=repo, namespace=namespace, folded=folded).delete()
    repo.namespace, repo.name, repo.folded = namespace, name, folded
    repo.updated_at = timezone.now()
    try:
        with transaction.atomic():
            repo.save(update_fields=["namespace", "name", "folded", "updated_at"])
            if (was[0].pk, was[2]) != (namespace.pk, folded):
                FormerName.objects.create(repo=repo, namespace=was[0], name=was[1], folded=was[2])
    except IntegrityError as error:
        raise name_taken(namespace, name) from error
