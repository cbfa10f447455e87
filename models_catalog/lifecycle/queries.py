"""Reading what is on its way out: deleted models, recalled bytes, and who relies on what."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.authz.policy import PERSONAL_RIGHTS, Right
from accounts.authz.queries import limited, require_person, require_right
from accounts.namespaces.models import Namespace
from accounts.orgs.queries import organization_rights
from hub.core.actor import Actor
from hub.core.errors import Forbidden, NotFound
from models_catalog.lifecycle.gates import PurgeQuestion, purge_gate
from models_catalog.repos.models import FormerName, Repo
from models_catalog.repos.queries import NO_SUCH_MODEL, require_repo_right
from models_catalog.revisions.models import Occurrence
from models_catalog.storage.models import Blob
from models_catalog.versions.models import Version

MOST_RECALLED = 20


def grace_days() -> int:
    """For how many days a deleted model can be restored before anybody may purge it."""
    return int(settings.REPO_GRACE.days)


def relying_on(version: Version, *, actor: Actor) -> list[str]:
    """What speaks against taking a version back, as sentences."""
    question = PurgeQuestion(repo=version.repo, version=version, actor=actor)
    return [refusal.reason for refusal in purge_gate.ask(question)]


def purgeable_from(repo: Repo) -> datetime:
    """Until when a deleted model can be restored, and since when it can be purged."""
    assert repo.deleted_at is not None
    return repo.deleted_at + settings.REPO_GRACE


def deleted_repos(namespace: Namespace, *, actor: Actor) -> QuerySet[Repo]:
    """What was deleted under a namespace, latest first, purged ones too. Raises ``Forbidden`` for all but its managers."""
    rights: frozenset[Right] = frozenset()
    if namespace.is_organization:
        rights = organization_rights(namespace.organization, actor=actor)
    elif actor.user is not None and actor.user.namespace_id == namespace.pk:
        rights = limited(PERSONAL_RIGHTS, actor, namespace_id=namespace.pk)
    if actor.user is None or not (actor.user.is_superuser and actor.rights is None):
        require_right(rights, Right.MANAGE, actor, on=namespace.name)
    return (
        Repo.objects.filter(namespace=namespace, deleted_at__isnull=False)
        .select_related("namespace", "deleted_by", "purged_by")
        .order_by("-deleted_at", "-id")
    )


def get_deleted_repo(public_id: UUID, *, actor: Actor) -> Repo:
    """One deleted model, for those who may restore or purge it; for everybody else it does not exist."""
    found = (
        Repo.objects.filter(public_id=public_id, deleted_at__isnull=False)
        .select_related("namespace", "deleted_by", "purged_by")
        .first()
    )
    if found is None:
        raise NotFound(NO_SUCH_MODEL)
    if actor.user is not None and actor.user.is_superuser and actor.rights is None:
        return found
    if not Repo.objects.once_visible_to(actor).filter(pk=found.pk).exists():
        raise NotFound(NO_SUCH_MODEL)
    require_repo_right(found, Right.MANAGE, actor=actor)
    return found


def names_of(repo: Repo) -> list[str]:
    """The full name of a model and every one that it had."""
    former = FormerName.objects.filter(repo=repo).select_related("namespace")
    return [repo.full_name, *(f"{each.namespace.name}/{each.name}" for each in former)]


def models_holding(blob: Blob) -> QuerySet[Repo]:
    """The models in which some bytes occur, in any of their revisions."""
    holders = Occurrence.objects.filter(blob=blob).values("repo_id")
    return Repo.objects.filter(pk__in=holders).select_related("namespace").order_by("pk")


def require_guard(actor: Actor) -> None:
    """Raise unless the actor is of the instance's security role or administers it, by means that reach everywhere."""
    require_person(actor)
    assert actor.user is not None
    everywhere = actor.namespaces is None and actor.repos is None
    is_allowed = actor.rights is None or Right.SECURITY in actor.rights
    is_trusted = actor.user.is_instance_security or actor.user.is_superuser
    if not (everywhere and is_allowed and is_trusted):
        raise Forbidden(
            _("Only the security role of this hub and its administrators recall files.")
        )


def get_recall(sha256: str, *, actor: Actor) -> Blob:
    """One recalled blob. Raises ``Forbidden``, ``NotFound``."""
    require_guard(actor)
    found = Blob.objects.filter(sha256=sha256.lower(), recalled_at__isnull=False)
    blob = found.select_related("recalled_by").first()
    if blob is None:
        raise NotFound(_("Nothing with this digest has been recalled."))
    return blob


def recalled_blobs(*, actor: Actor) -> QuerySet[Blob]:
    """Everything that is recalled, latest first. Raises ``Forbidden`` for all but the security role of the hub."""
    require_guard(actor)
    recalled = Blob.objects.filter(recalled_at__isnull=False).select_related("recalled_by")
    return recalled.order_by("-recalled_at", "-id")


def recalled_in(repo: Repo) -> list[Occurrence]:
    """Where recalled bytes occur in a model, some of the places."""
    found = Occurrence.objects.filter(repo=repo, blob__recalled_at__isnull=False)
    return list(found.select_related("blob__recalled_by").order_by("path", "-pk")[:MOST_RECALLED])
