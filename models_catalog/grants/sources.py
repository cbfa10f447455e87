"""Where somebody's rights on a repo come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import PERSONAL_RIGHTS, ROLE_TITLES, Right, Role
from accounts.orgs.models import OrganizationGroupPermission, OrganizationUserPermission
from accounts.users.models import User
from models_catalog.grants.models import GRANT_TITLES, Grant
from models_catalog.repos.models import (
    Repo,
    RepoGroupPermission,
    RepoUserPermission,
    Visibility,
)

INSTANCE_SECURITY = (Right.READ, Right.SEE_UNRELEASED, Right.SECURITY)


class Origin(StrEnum):
    """The kinds of places that a right comes from."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed_in"
    OWN_NAME = "own_name"
    ORGANIZATION = "organization"
    TEAM = "team"
    DIRECT = "direct"
    STAND_IN = "stand_in"
    HUB_SECURITY = "hub_security"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Source:
    """One right and one place that it comes from; ``role`` and ``through`` as that place calls them."""

    right: Right
    origin: Origin
    role: str = ""
    through: str = ""
    expires_on: date | None = None

    @property
    def where(self) -> str:
        """The place in words: “Reader, from team Field”."""
        said = _WORDS[self.origin]().format(role=self.role, through=self.through)
        if self.expires_on is None:
            return said
        return _("{where}, until {day}").format(where=said, day=f"{self.expires_on:%-d %b %Y}")

    def __str__(self) -> str:
        return self.where


_WORDS = {
    Origin.EVERYBODY: lambda: _("public to everybody"),
    Origin.SIGNED_IN: lambda: _("open to everybody who is signed in"),
    Origin.OWN_NAME: lambda: _("a model under their own name"),
    Origin.ORGANIZATION: lambda: _("{role} of {through}"),
    Origin.TEAM: lambda: _("{role}, from team {through}"),
    Origin.DIRECT: lambda: _("{role}, direct"),
    Origin.STAND_IN: lambda: _("stand-in reviewer, asked for by the owner of the model"),
    Origin.HUB_SECURITY: lambda: _("security role of the hub"),
    Origin.BY_HAND: lambda: _("given on {through} by the operator"),
}


def explained_rights(repo: Repo, person: User | None) -> list[Source]:
    """Every right of somebody on the repo with every place it comes from, in the order of ``Right``.

    As far as the person is concerned: what a token of theirs lacks is another question, see ``explain``. It tells the
    same rights as ``repo_rights``, and reading beside them where everybody may.
    """
    found = list(_from_visibility(repo, person))
    if person is not None and person.is_active:
        found += _from_themselves(repo, person)
        found += _from_organization(repo, person)
        found += _from_grants(repo, person)
    order = {right: place for place, right in enumerate(Right)}
    return sorted(dict.fromkeys(found), key=lambda source: order[source.right])


def _from_visibility(repo: Repo, person: User | None) -> Iterator[Source]:
    if not repo.is_released:
        return
    if repo.visibility == Visibility.PUBLIC:
        yield Source(Right.READ, Origin.EVERYBODY)
    elif repo.visibility == Visibility.INTERNAL and person is not None and person.is_active:
        yield Source(Right.READ, Origin.SIGNED_IN)


def _from_themselves(repo: Repo, person: User) -> Iterator[Source]:
    if repo.namespace_id == person.namespace_id:
        yield from (Source(right, Origin.OWN_NAME) for right in PERSONAL_RIGHTS)
    if person.is_instance_security:
        yield from (Source(right, Origin.HUB_SECURITY) for right in INSTANCE_SECURITY)


def _from_organization(repo: Repo, person: User) -> Iterator[Source]:
    """By role, and what an operator gave beside the roles."""
    owner = repo.namespace.name
    groups = OrganizationGroupPermission.objects.filter(
        content_object__namespace=repo.namespace_id, group__user=person
    ).values_list("permission__codename", "group__role_group__role")
    direct = OrganizationUserPermission.objects.filter(
        content_object__namespace=repo.namespace_id, user=person
    ).values_list("permission__codename", flat=True)
    for codename, role in groups:
        if role is None:
            yield Source(Right(codename), Origin.BY_HAND, through=owner)
        else:
            title = str(ROLE_TITLES[Role(role)])
            yield Source(Right(codename), Origin.ORGANIZATION, title, owner)
    for codename in direct:
        yield Source(Right(codename), Origin.BY_HAND, through=owner)


def _from_grants(repo: Repo, person: User) -> Iterator[Source]:
    """By the grants in force, and what stands in the guardian tables without one."""
    own = RepoUserPermission.in_force.filter(content_object=repo, user=person)
    teams = RepoGroupPermission.in_force.filter(content_object=repo, group__user=person)
    codenames = own.values_list("permission__codename", flat=True).union(
        teams.values_list("permission__codename", flat=True)
    )
    unexplained = {Right(codename) for codename in codenames}
    held = (
        Grant.objects.filter(Q(user=person) | Q(group__user=person), repo=repo)
        .filter(Q(expires_on=None) | Q(expires_on__gte=timezone.localdate()))
        .select_related("group__team")
        .order_by("pk")
    )
    for grant in held:
        rights = grant.rights & unexplained if not grant.is_stand_in else _standing_in(repo, person)
        yield from (_source(right, grant) for right in rights)
    for right in unexplained.difference(*(grant.rights for grant in held)):
        yield Source(right, Origin.BY_HAND, through=repo.full_name)


def _standing_in(repo: Repo, person: User) -> set[Right]:
    rights = {Right.READ, Right.SEE_UNRELEASED}
    return rights | {Right.REVIEW} if person.is_community_reviewer and repo.is_protected else rights


def _source(right: Right, grant: Grant) -> Source:
    title = str(GRANT_TITLES[grant.role])
    if grant.is_stand_in:
        return Source(right, Origin.STAND_IN)
    if grant.group is None:
        return Source(right, Origin.DIRECT, title, expires_on=grant.expires_on)
    return Source(right, Origin.TEAM, title, grant.holder, grant.expires_on)
