"""Giving and taking roles."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.authz.policy import ROBOT_ROLES, ROLE_TITLES, Right, Role
from accounts.authz.queries import require_means, require_right
from accounts.orgs.events import MemberLeft, RoleGiven, RoleTaken, about
from accounts.orgs.models import Organization, RoleGroup
from accounts.orgs.queries import holds_any_role, organization_rights, roles_of
from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid, NotFound
from hub.core.events import emit


@transaction.atomic
def give_role(organization: Organization, user: User, *, role: str, actor: Actor) -> None:
    """Give a member one more role. Strangers are invited instead. Raises ``Conflict`` when they hold it."""
    require_may_manage(organization, role_named(role), actor=actor)
    if not holds_any_role(organization, user):
        raise Invalid(f"{user.username} is not a member yet. Invite them.", field="username")
    if not put_into_role(organization, user, role_named(role), actor=actor):
        raise Conflict(f"{user.username} is {ROLE_TITLES[role_named(role)]} already.", field="role")


@transaction.atomic
def take_role(organization: Organization, user: User, *, role: str, actor: Actor) -> None:
    """Take a role away. The last owner stays; people may lay down any role of their own."""
    chosen = role_named(role)
    if user.pk == actor.user_id:
        require_means(actor, Right.MEMBERS, namespace_id=organization.namespace_id)
    else:
        require_may_manage(organization, chosen, actor=actor)
    _take(organization, user, chosen, actor=actor)


@transaction.atomic
def set_roles(
    organization: Organization, user: User, *, roles: Collection[str], actor: Actor
) -> None:
    """Let a member hold exactly ``roles``: gives what is missing, takes what is too much, all or none."""
    wanted = {role_named(role) for role in roles}
    if not wanted:
        raise Invalid(
            _("Choose at least one role, or remove the person from the organisation."),
            field="roles",
        )
    if user.pk != actor.user_id:
        require_may_manage(organization, Role.READER, actor=actor)
    hold_roles(organization)
    held = set(roles_of(organization, [user]).get(user.pk, ()))
    for role in sorted(wanted - held):
        give_role(organization, user, role=role.value, actor=actor)
    for role in sorted(held - wanted):
        take_role(organization, user, role=role.value, actor=actor)


@transaction.atomic
def remove_member(organization: Organization, user: User, *, actor: Actor) -> None:
    """Take all roles away, all or none: how people leave, and how an admin removes them."""
    hold_roles(organization)
    held = roles_of(organization, [user]).get(user.pk, ())
    if not held:
        raise NotFound(f"{user.username} is not a member.")
    for role in held:
        take_role(organization, user, role=role.value, actor=actor)


def put_into_role(organization: Organization, user: User, role: Role, *, actor: Actor) -> bool:
    """Make ``user`` hold ``role``, without asking whether they may; answers whether they did not hold it before.

    Raises ``Invalid`` for a service account and a role that decides: it would decide in nobody's name.
    """
    if user.is_robot and role not in ROBOT_ROLES:
        raise Invalid(
            _("A service account cannot be {role}: it decides about nothing.").format(
                role=ROLE_TITLES[role]
            ),
            field="role",
        )
    group = (
        RoleGroup.objects.select_for_update(of=("self",))
        .get(organization=organization, role=role.value)
        .group
    )
    if group.user_set.filter(pk=user.pk).exists():
        return False
    group.user_set.add(user)
    emit(
        RoleGiven(
            actor=actor,
            member=user.username,
            role=role.value,
            concerns=(user.pk,),
            **about(organization),
        )
    )
    return True


def role_named(role: str) -> Role:
    """The role of this name. Raises ``Invalid`` about ``role``."""
    try:
        return Role(role)
    except ValueError as error:
        raise Invalid(_("“{role}” is not a role.").format(role=role), field="role") from error


def require_may_manage(organization: Organization, role: Role, *, actor: Actor) -> None:
    """Refuse those who may not give or take ``role`` here.

    Owners and security reviewers are made and unmade by owners only: an admin must not raise themselves.
    """
    needed = Right.SETTINGS if role in (Role.OWNER, Role.SECURITY_REVIEWER) else Right.MEMBERS
    rights = organization_rights(organization, actor=actor)
    require_right(rights, needed, actor, on=organization.namespace.name)


def hold_roles(organization: Organization) -> None:
    """Keep who holds which role until the transaction ends; what follows from belonging is asked and changed under it.

    All locks at once and in one order, so that two who change several roles never wait for each other.
    """
    list(
        RoleGroup.objects.select_for_update(of=("self",))
        .filter(organization=organization)
        .order_by("pk")
    )


def _take(organization: Organization, user: User, role: Role, *, actor: Actor) -> None:
    # Two owners who leave at the same moment leave one after the other, and two roles of one person go one by one.
    hold_roles(organization)
    group = RoleGroup.objects.get(organization=organization, role=role.value).group
    if not group.user_set.filter(pk=user.pk).exists():
        raise NotFound(f"{user.username} does not hold this role.")
    if (
        role is Role.OWNER
        and not group.user_set.filter(is_active=True).exclude(pk=user.pk).exists()
    ):
        raise Conflict(_("An organisation needs an owner. Make somebody else owner first."))
    group.user_set.remove(user)
    emit(
        RoleTaken(
            actor=actor,
            member=user.username,
            role=role.value,
            concerns=(user.pk,),
            **about(organization),
        )
    )
    if not holds_any_role(organization, user):
        emit(
            MemberLeft(
                actor=actor,
                member=user.username,
                user=user,
                organization=organization,
                **about(organization),
            )
        )
