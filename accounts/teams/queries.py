"""Reading teams; they are an affair of the organisation, which strangers do not see."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from accounts.namespaces.names import fold
from accounts.orgs.models import Organization, OrganizationUserPermission, RoleGroup
from accounts.teams.models import Team
from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of


def get_team(organization: Organization, name: str) -> Team:
    """The team of this name, however its letters are cased. Raises ``NotFound``; the caller has asked who may know."""
    found = teams_of(organization).filter(folded=fold(name)).first()
    if found is None:
        raise NotFound
    return found


def teams_of(organization: Organization) -> QuerySet[Team]:
    """Its teams by name, with the organisation and its name."""
    return (
        Team.objects.select_related("organization__namespace", "group")
        .filter(organization=organization)
        .order_by(Lower("name"))
    )


def teams_of_person(user: User) -> QuerySet[Team]:
    """The teams that somebody belongs to, by organisation and name."""
    return (
        Team.objects.select_related("organization__namespace", "group")
        .filter(group__user=user)
        .order_by(Lower("organization__namespace__name"), Lower("name"))
    )


def sees_teams(organization: Organization, *, actor: Actor) -> bool:
    """Whether the actor belongs to the organisation, and so may know of its teams and who is in them."""
    return organizations_with_teams_shown_to(actor).filter(pk=organization.pk).exists()


def organizations_with_teams_shown_to(actor: Actor) -> QuerySet[Organization]:
    """The organisations that the actor belongs to, by a role, a right or a team: they may know of the teams there."""
    if actor.is_system:
        return Organization.objects.all()
    if actor.user is None or actor.repos is not None:  # a token for single models says nothing here
        return Organization.objects.none()
    roles = RoleGroup.objects.filter(group__user=actor.user)
    rights = OrganizationUserPermission.objects.filter(user=actor.user)
    own = Team.objects.filter(group__user=actor.user)
    found = Organization.objects.filter(
        Q(pk__in=roles.values("organization_id"))
        | Q(pk__in=rights.values("content_object_id"))
        | Q(pk__in=own.values("organization_id"))
    )
    if actor.namespaces is not None:
        found = found.filter(namespace__in=actor.namespaces)
    return found


def get_visible_team(organization: Organization, name: str, *, actor: Actor) -> Team:
    """The team of this name, for those who belong to the organisation; ``NotFound`` for everybody else."""
    if not sees_teams(organization, actor=actor):
        raise NotFound
    return get_team(organization, name)


def team_page(
    organization: Organization, *, actor: Actor, cursor: str | None = None, size: int = 30
) -> Page[Team]:
    """The teams of an organisation by name. Raises ``NotFound`` for strangers."""
    if not sees_teams(organization, actor=actor):
        raise NotFound
    rows = teams_of(organization).annotate(sort_name=Lower("name"))
    return page_of(rows, keys=("sort_name", "id"), cursor=cursor, size=size)


def own_team_page(*, actor: Actor, cursor: str | None = None, size: int = 30) -> Page[Team]:
    """The actor's own teams in all organisations, the newest first."""
    rows = Team.objects.select_related("organization__namespace").filter(
        group__in=Group.objects.filter(user=actor.user_id or 0)
    )
    if actor.repos is not None:
        rows = rows.none()
    if actor.namespaces is not None:
        rows = rows.filter(organization__namespace__in=actor.namespaces)
    return page_of(rows, keys=("-id",), cursor=cursor, size=size)


def people_in(teams: Collection[Team]) -> dict[int, int]:
    """How many active people and service accounts belong to each of some teams, by their ids, in one query."""
    rows = Team.objects.filter(pk__in=[team.pk for team in teams], group__user__is_active=True)
    return dict(rows.values_list("pk").annotate(number=Count("group__user")).order_by())


def team_member_page(team: Team, *, cursor: str | None = None, size: int = 50) -> Page[User]:
    """Who belongs to a team, people and service accounts, by name; the caller has asked who may know."""
    rows = User.objects.filter(groups=team.group_id, is_active=True).annotate(
        sort_name=Lower("username")
    )
    return page_of(rows, keys=("sort_name", "id"), cursor=cursor, size=size)


def get_team_member(team: Team, name: str) -> User:
    """Somebody who belongs to the team, suspended ones too. Raises ``NotFound``."""
    found = User.objects.filter(groups=team.group_id, namespace__folded=fold(name)).first()
    if found is None:
        raise NotFound
    return found
