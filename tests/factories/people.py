"""People, organisations and memberships, made the way the product makes them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from accounts.orgs.actions import answer_invitation, create_organization, give_role, invite_member
from accounts.orgs.models import Organization, RoleGroup
from accounts.robots.actions import create_robot, create_robot_token, set_robot_roles
from accounts.robots.models import ServiceAccount
from accounts.teams.actions import add_to_team, create_team
from accounts.teams.models import Team
from accounts.tokens.actions import actor_for_secret, create_token
from accounts.tokens.models import Token
from accounts.users.actions import register_user
from accounts.users.models import User
from hub.core.actor import SYSTEM, Actor, Means


def make_user(
    name: str = "ada",
    *,
    email: str | None = None,
    password: str | None = None,
    display_name: str = "",
    is_superuser: bool = False,
    is_instance_security: bool = False,
    is_community_reviewer: bool = False,
) -> User:
    """A person with an account. Without ``password`` nobody can sign in by one: use ``client.force_login``."""
    user = User(
        username=name,
        email=f"{name.lower()}@example.org" if email is None else email,
        display_name=display_name,
        is_superuser=is_superuser,
        is_staff=is_superuser,
        is_instance_security=is_instance_security,
        is_community_reviewer=is_community_reviewer,
    )
    user.set_password(password)
    return register_user(user, actor=SYSTEM)


def acting(user: User) -> Actor:
    """The actor of somebody who works in the browser."""
    return Actor(user=user, means=Means.SESSION)


def make_organization(
    name: str = "savanna", owner: User | None = None, *, preset: str = Preset.LIGHT.value
) -> Organization:
    """An organisation with one member, its owner (a new person ``<name>-owner`` unless given)."""
    owner = owner or make_user(f"{name}-owner")
    return create_organization(name, preset=preset, actor=acting(owner))


def first_owner(organization: Organization) -> User:
    """The owner with the oldest account."""
    return User.objects.filter(
        groups__role_group__organization=organization, groups__role_group__role=Role.OWNER.value
    ).order_by("pk")[0]


def add_member(organization: Organization, user: User, role: str = Role.CONTRIBUTOR.value) -> User:
    """Give ``user`` a role, by invitation for strangers; the organisation's first owner does it."""
    owner = first_owner(organization)
    if RoleGroup.objects.filter(organization=organization, group__user=user).exists():
        give_role(organization, user, role=role, actor=acting(owner))
    else:
        invitation = invite_member(
            organization, username=user.username, role=role, actor=acting(owner)
        )
        answer_invitation(invitation, accept=True, actor=acting(user))
    return user


def make_team(
    organization: Organization, name: str = "field", *members: User, actor: Actor | None = None
) -> Team:
    """A team with some members, made by the organisation's first owner."""
    by = actor or acting(first_owner(organization))
    team = create_team(organization, name=name, actor=by)
    for member in members:
        add_to_team(team, member, actor=by)
    return team


def make_robot(
    organization: Organization, name: str = "ci", *, roles: tuple[str, ...] = ()
) -> ServiceAccount:
    """A service account ``<organisation>-<name>``; the organisation's first owner makes it and answers for it."""
    owner = first_owner(organization)
    account = create_robot(
        organization,
        name=name,
        purpose="Uploads what was trained at night.",
        responsible=owner.username,
        actor=acting(owner),
    )
    set_robot_roles(account, roles=roles, actor=acting(owner))
    return account


def make_robot_token(
    account: ServiceAccount, *, scope: str = "write", by: User | None = None, days: int = 30
) -> tuple[Token, str]:
    """A token of a service account with its secret, made by the organisation's first owner unless told otherwise."""
    return create_robot_token(
        account,
        "a test",
        scope=scope,
        expires_at=timezone.now() + timedelta(days=days),
        actor=acting(by or first_owner(account.organization)),
    )


def make_token(
    user: User,
    *,
    scope: str = "read",
    expires_at: datetime | None = None,
    organizations: tuple[Organization, ...] = (),
) -> tuple[Token, str]:
    """A token of ``user`` with its secret, limited to ``organizations`` if any are given."""
    return create_token(
        "a test",
        scope=scope,
        expires_at=expires_at,
        namespaces=[organization.namespace for organization in organizations],
        actor=acting(user),
    )


def actor_of(made: tuple[Token, str]) -> Actor:
    """The actor of a program that sends the secret of ``make_token``."""
    return actor_with(made[1])


def actor_with(secret: str) -> Actor:
    """The actor of a program that sends ``secret``, which must be good."""
    found = actor_for_secret(secret)
    assert found is not None
    return found
