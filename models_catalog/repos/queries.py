"""The only door to repos."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from accounts.authz.policy import PERSONAL_RIGHTS, Right
from accounts.authz.queries import limited, require_right
from accounts.namespaces.models import Namespace
from accounts.namespaces.names import fold
from accounts.orgs.models import OrganizationGroupPermission, OrganizationUserPermission
from accounts.orgs.queries import namespaces_with_right
from hub.core.actor import Actor
from hub.core.errors import Gone, Invalid, Moved, NotFound
from hub.core.text import is_storable
from models_catalog.repos.models import (
    Repo,
    RepoGroupPermission,
    RepoUserPermission,
    TermsAcceptance,
    Visibility,
)
from models_catalog.repos.standing import (
    NO_SUCH_MODEL,
    departure,
    hold_repo,
    require_active,
    what_became_of,
)

__all__ = ["NO_SUCH_MODEL", "hold_repo", "require_active"]


def get_repo(*, namespace: str, name: str, actor: Actor) -> Repo:
    """The repo, however its letters are cased. ``NotFound`` also for what the actor may not know of.

    Raises ``Moved`` for a name that it had, ``Gone`` when it has been deleted. Its ``successor`` is ``None`` for those who may not know of that one.
    """
    if not is_storable(namespace + name):
        raise NotFound(NO_SUCH_MODEL)
    visible = Repo.objects.visible_to(actor)
    found = (
        visible.select_related("namespace", "withdrawn_by", "archived_by", "deprecated_by")
        .prefetch_related(Prefetch("successor", visible.select_related("namespace")))
        .filter(namespace__folded=fold(namespace), folded=fold(name))
        .first()
    )
    if found is None:
        raise departure(namespace=namespace, name=name, actor=actor)
    return found


def get_repo_by(*, public_id: UUID | None, accession: str | None, actor: Actor) -> Repo:
    """The repo of an identifier that never changes. Raises ``NotFound`` and ``Gone`` as ``get_repo``."""
    if not is_storable(accession or ""):
        raise NotFound(NO_SUCH_MODEL)
    wanted = {"public_id": public_id} if public_id else {"accession": (accession or "").upper()}
    owned = Repo.objects.once_visible_to(actor).select_related(
        "namespace__organization", "namespace__user", "deleted_by", "purged_by"
    )
    found = owned.filter(**wanted).first()
    if found is None:
        raise NotFound(NO_SUCH_MODEL)
    if found.deleted_at is not None:
        raise Gone(what_became_of(found))
    return found


def successor_named(full_name: str, *, field: str, actor: Actor) -> Repo | None:
    """The model called ``namespace/name``, nothing for an empty name. Raises ``Invalid`` about the field."""
    if not full_name.strip():
        return None
    namespace, _slash, name = full_name.strip().partition("/")
    try:
        return get_repo(namespace=namespace, name=name, actor=actor)
    except Moved as moved:
        return successor_named(moved.full_name, field=field, actor=actor)
    except (NotFound, Gone) as error:
        raise Invalid(
            _("There is no model called “{name}”.").format(name=full_name.strip()), field=field
        ) from error


def successor_of(repo: Repo, *, actor: Actor) -> Repo | None:
    """What to use instead of a withdrawn model, for those who may know of it; however the row was fetched."""
    if repo.successor_id is None:
        return None
    visible = Repo.objects.visible_to(actor).select_related("namespace")
    return visible.filter(pk=repo.successor_id).first()


def repo_rights(repo: Repo, *, actor: Actor) -> frozenset[Right]:
    """Everything the actor may do with the repo: by their organisation role, by grant, by owning the namespace."""
    if actor.is_system:
        return frozenset(Right)
    if actor.user is None:
        return frozenset()
    held: set[Right] = set()
    if repo.namespace_id == actor.user.namespace_id:
        held |= PERSONAL_RIGHTS
    if actor.user.is_instance_security:
        held |= {Right.READ, Right.SEE_UNRELEASED, Right.SECURITY}
    if actor.user.is_community_reviewer and repo.is_protected and _was_let_in(repo, actor):
        held |= {Right.READ, Right.REVIEW}
    held |= {Right(codename) for codename in _codenames(repo, actor)}
    return limited(held, actor, namespace_id=repo.namespace_id, repo_id=repo.pk)


def _was_let_in(repo: Repo, actor: Actor) -> bool:
    """Whether the organisation asked this reviewer of the hub to stand in (see ``let_in``)."""
    stand_ins = RepoUserPermission.in_force.filter(content_object=repo, is_stand_in=True)
    return stand_ins.filter(user=actor.user).exists()


def _codenames(repo: Repo, actor: Actor) -> set[str]:
    """The codenames from the guardian tables, in one query."""
    user = actor.user
    by_role = OrganizationGroupPermission.objects.filter(
        content_object__namespace=repo.namespace_id, group__user=user
    ).values_list("permission__codename", flat=True)
    by_person = OrganizationUserPermission.objects.filter(
        content_object__namespace=repo.namespace_id, user=user
    ).values_list("permission__codename", flat=True)
    by_grant = RepoUserPermission.in_force.filter(content_object=repo, user=user).values_list(
        "permission__codename", flat=True
    )
    by_team = RepoGroupPermission.in_force.filter(
        content_object=repo, group__user=user
    ).values_list("permission__codename", flat=True)
    return set(by_role.union(by_person, by_grant, by_team))


def require_repo_right(repo: Repo, right: Right, *, actor: Actor) -> None:
    """Raise unless the actor holds ``right`` on the repo."""
    require_right(repo_rights(repo, actor=actor), right, actor, on=repo.full_name)


def sees_unreleased(rights: frozenset[Right]) -> bool:
    """Whether these rights open what readers do not see yet."""
    return bool(rights & {Right.SEE_UNRELEASED, Right.WRITE, Right.REVIEW, Right.SECURITY})


def terms_digest(repo: Repo) -> str:
    """The SHA-256 of the terms as they stand: an acceptance binds to exactly this text."""
    return hashlib.sha256(repo.gating_terms.encode()).hexdigest()


def has_accepted_terms(repo: Repo, *, actor: Actor) -> bool:
    """Whether the actor has accepted the present terms and (where a request is needed) it was granted."""
    return (
        actor.user is not None
        and TermsAcceptance.objects.filter(
            repo=repo, user=actor.user, terms_sha256=terms_digest(repo), is_granted=True
        ).exists()
    )


def default_visibility(namespace: Namespace) -> str:
    """What a new model of the namespace gets when nobody says otherwise."""
    if not namespace.is_organization:
        return Visibility.PUBLIC.value
    return str(namespace.organization.default_visibility)


def namespaces_to_create_in(*, actor: Actor) -> list[Namespace]:
    """Where the actor may add models: under their own name first, then in organisations by name."""
    if actor.user is None or (actor.rights is not None and Right.CREATE not in actor.rights):
        return []
    if actor.repos is not None:  # a token for some models cannot name one that is not yet
        return []
    own = 0 if actor.user.is_robot else actor.user.namespace_id
    found = Namespace.objects.filter(
        Q(pk=own) | Q(pk__in=namespaces_with_right(Right.CREATE, actor=actor)),
        is_retired=False,
    ).select_related("organization")
    if actor.namespaces is not None:
        found = found.filter(pk__in=actor.namespaces)
    return sorted(found, key=lambda namespace: (namespace.pk != own, namespace.folded))
