"""The places that policies belong to: the hub, a namespace, a team, a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_person, require_right
from accounts.namespaces.models import Namespace
from accounts.orgs.queries import organization_rights, people_with_right
from accounts.teams.models import Team
from accounts.users.models import User
from governance.policies.locks import hold_hub_policy, hold_policy
from governance.policies.models import Layer, Placed
from hub.core.actor import Actor
from hub.core.errors import Forbidden
from models_catalog.repos.models import Repo, RepoGroupPermission


@dataclass(frozen=True, slots=True)
class Place:
    """Where a policy belongs; ``namespace`` is missing for the hub alone."""

    layer: Layer
    namespace: Namespace | None = None
    group: Group | None = None
    repo: Repo | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """What rows of this place say about it."""
        return {
            "layer": self.layer,
            "namespace": self.namespace,
            "group": self.group,
            "repo": self.repo,
        }

    @property
    def title(self) -> str:
        """Its name for people."""
        if self.repo is not None:
            return self.repo.full_name
        if self.layer == Layer.TEAM:
            team = getattr(self.group, "team", None)
            return _("team {name}").format(name=getattr(team, "name", "") or _("that is gone"))
        return self.namespace.name if self.namespace is not None else str(settings.HUB_NAME)

    @property
    def label(self) -> str:
        """Its name in the record, which speaks no language."""
        if self.layer != Layer.TEAM or self.namespace is None:
            return self.title
        team = getattr(self.group, "team", None)
        return f"{self.namespace.name}, team {getattr(team, 'name', '?')}"

    @property
    def subject(self) -> str:
        """What the record identifies it by."""
        if self.repo is not None:
            return str(self.repo.public_id)
        if self.layer == Layer.TEAM:
            return f"group:{self.group.pk if self.group else 0}"
        return f"namespace:{self.namespace.pk}" if self.namespace is not None else "hub:policy"

    def hold(self) -> None:
        """Keep everything that is asked for here as it is until the transaction ends, and let nobody decide."""
        if self.namespace is None:
            hold_hub_policy()
        else:
            hold_policy(self.namespace)


HUB = Place(Layer.HUB)


def place_of(row: Placed) -> Place:
    """Where a policy or a draft belongs."""
    return Place(Layer(row.layer), row.namespace, row.group, row.repo)


def of_namespace(namespace: Namespace) -> Place:
    """The place of an organisation's own policy."""
    return Place(Layer.NAMESPACE, namespace)


def of_repo(repo: Repo) -> Place:
    """The place of what is asked of one model beside."""
    return Place(Layer.REPO, repo.namespace, repo=repo)


def of_team(team: Team) -> Place:
    """The place of what is asked of the models that a team was given."""
    return Place(Layer.TEAM, team.organization.namespace, group=team.group)


def rights_at(place: Place, *, actor: Actor) -> frozenset[Right]:
    """Those of ``POLICIES`` and ``SETTINGS`` (asking for less) that the actor holds here."""
    both = frozenset({Right.POLICIES, Right.SETTINGS})
    if actor.is_system:
        return both
    if place.namespace is None:
        is_operator = actor.user is not None and actor.user.is_superuser and actor.rights is None
        return both if is_operator else frozenset()
    if not place.namespace.is_organization:
        return frozenset()
    return both & organization_rights(place.namespace.organization, actor=actor)


def require_at(place: Place, *, actor: Actor, right: Right = Right.POLICIES) -> None:
    """Raise ``Forbidden`` with a sentence for whoever may not write policies here."""
    rights = rights_at(place, actor=actor)
    if place.namespace is not None:
        require_right(rights, right, actor, on=place.namespace.name)
    elif right not in rights:
        require_person(actor)
        raise Forbidden(_("Only administrators of this hub may change its own policy."))


def holders(place: Place, *, right: Right = Right.POLICIES) -> QuerySet[User]:
    """Everybody who may write policies here, or loosen them."""
    if place.namespace is None:
        return User.objects.filter(is_active=True, is_superuser=True)
    if not place.namespace.is_organization:
        return User.objects.none()
    return people_with_right(right, organization=place.namespace.organization)


def reached_by(place: Place) -> QuerySet[Repo]:
    """The models that a policy at this place speaks of."""
    if place.repo is not None:
        return Repo.objects.filter(pk=place.repo.pk)
    if place.namespace is None:
        return Repo.objects.all()
    repos = Repo.objects.filter(namespace=place.namespace)
    if place.layer == Layer.TEAM:
        given = RepoGroupPermission.objects.filter(group=place.group)
        return repos.filter(pk__in=given.values("content_object_id"))
    return repos
