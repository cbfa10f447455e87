"""Reading organisations: who belongs, who may do what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.authz.policy import Right, Role
from accounts.authz.queries import limited, require_person, require_right
from accounts.namespaces.names import fold
from accounts.orgs.models import (
    Invitation,
    InvitationState,
    Organization,
    OrganizationGroupPermission,
    OrganizationUserPermission,
    RoleGroup,
)
from accounts.users.models import User, UserKind
from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of

_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Member:
    """A person with the roles they hold in one organisation, the widest first."""

    user: User
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of members with the cursors of its neighbours."""

    members: Sequence[Member]
    next_cursor: str | None
    previous_cursor: str | None


def get_organization(name: str) -> Organization:
    """The organisation of this name; organisations are public. Raises ``NotFound``."""
    found = (
        Organization.objects.select_related("namespace")
        .filter(namespace__folded=fold(name), namespace__is_retired=False)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def organization_page(*, cursor: str | None = None, size: int = 30) -> Page[Organization]:
    """All organisations by name; they are public."""
    rows = (
        Organization.objects.select_related("namespace")
        .filter(namespace__is_retired=False)
        .annotate(sort_name=Lower("namespace__name"))
    )
    return page_of(rows, keys=("sort_name", "id"), cursor=cursor, size=size)


def organizations_called(names: Collection[str]) -> dict[str, Organization]:
    """Those of ``names`` that are organisations, by name, spelt as they spell it; organisations are public."""
    found = Organization.objects.select_related("namespace").filter(
        namespace__name__in=names, namespace__is_retired=False
    )
    return {organization.namespace.name: organization for organization in found}


def organization_rights(organization: Organization, *, actor: Actor) -> frozenset[Right]:
    """What the actor may do in the organisation: two indexed look-ups in the guardian tables."""
    if actor.is_system:
        return frozenset(Right)
    if actor.user is None:
        return frozenset()
    by_group = OrganizationGroupPermission.objects.filter(
        content_object=organization, group__user=actor.user
    ).values_list("permission__codename", flat=True)
    by_person = OrganizationUserPermission.objects.filter(
        content_object=organization, user=actor.user
    ).values_list("permission__codename", flat=True)
    held = {Right(codename) for codename in (*by_group, *by_person)}
    return limited(held, actor, namespace_id=organization.namespace_id)


def namespaces_with_right(*rights: Right, actor: Actor) -> QuerySet[Organization, int]:
    """A sub-query: ids of the namespaces of organisations in which the person holds one of ``rights``.

    Limits of a token are not applied; the caller does that. Strangers hold nothing anywhere.
    """
    codenames = [right.value for right in rights]
    by_group = OrganizationGroupPermission.objects.filter(
        permission__codename__in=codenames, group__user=actor.user_id or 0
    )
    by_person = OrganizationUserPermission.objects.filter(
        permission__codename__in=codenames, user=actor.user_id or 0
    )
    return Organization.objects.filter(
        Q(pk__in=by_group.values("content_object_id"))
        | Q(pk__in=by_person.values("content_object_id"))
    ).values_list("namespace_id", flat=True)


def people_with_right(right: Right, *, organization: Organization) -> QuerySet[User]:
    """Everybody active who holds ``right`` in the organisation."""
    by_group = OrganizationGroupPermission.objects.filter(
        permission__codename=right.value, content_object=organization
    )
    by_person = OrganizationUserPermission.objects.filter(
        permission__codename=right.value, content_object=organization
    )
    return User.objects.filter(is_active=True).filter(
        Q(
            pk__in=User.groups.through.objects.filter(group__in=by_group.values("group_id")).values(
                "user_id"
            )
        )
        | Q(pk__in=by_person.values("user_id"))
    )


def member_page(
    organization: Organization,
    *,
    with_suspended: bool = False,
    cursor: str | None = None,
    size: int = 50,
) -> MemberPage:
    """Every person with a role, by name; people who hold several are listed once.

    Who is suspended is nobody, but those who give and take roles see that the roles wait for them.
    """
    rows = _members(organization)
    if not with_suspended:
        rows = rows.filter(is_active=True)
    people = page_of(
        rows.annotate(sort_name=Lower("username")),
        keys=("sort_name", "id"),
        cursor=cursor,
        size=size,
    )
    roles = roles_of(organization, people.rows)
    return MemberPage(
        members=[Member(user=user, roles=roles[user.pk]) for user in people.rows],
        next_cursor=people.next_cursor,
        previous_cursor=people.previous_cursor,
    )


def member_count(organization: Organization) -> int:
    """How many people hold a role; the suspended do not count."""
    return _members(organization).filter(is_active=True).count()


def _members(organization: Organization) -> QuerySet[User]:
    """The people with a role, each once; service accounts are no members."""
    held = User.groups.through.objects.filter(group__role_group__organization=organization)
    return User.objects.filter(pk__in=held.values("user_id"), kind=UserKind.PERSON)


def roles_of(organization: Organization, users: Collection[User]) -> dict[int, tuple[Role, ...]]:
    """The roles of some people by their ids, the widest first, in one query; who holds none is left out."""
    rows = RoleGroup.objects.filter(
        organization=organization, group__user__in=[user.pk for user in users]
    ).values_list("group__user", "role")
    held: dict[int, list[Role]] = defaultdict(list)
    for user_id, role in rows:
        held[user_id].append(Role(role))
    return {pk: tuple(sorted(roles, key=_ORDER.__getitem__)) for pk, roles in held.items()}


def get_member(organization: Organization, name: str) -> Member:
    """The member of this name with their roles. Raises ``NotFound`` for everybody else."""
    user = _members(organization).filter(namespace__folded=fold(name)).first()
    if user is None:
        raise NotFound
    return Member(user=user, roles=roles_of(organization, [user])[user.pk])


def has_owner(organization: Organization) -> bool:
    """Whether somebody active owns it; the last owner may have been suspended."""
    return _with_active_owner().filter(organization=organization).exists()


def organizations_without_owner(*, once_of: User) -> QuerySet[Organization]:
    """Those that somebody owns, or did before their suspension, and nobody active does, by name."""
    owned = RoleGroup.objects.filter(role=Role.OWNER, group__user=once_of)
    return (
        Organization.objects.select_related("namespace")
        .filter(pk__in=owned.values("organization"))
        .exclude(pk__in=_with_active_owner().values("organization"))
        .order_by(Lower("namespace__name"))
    )


def _with_active_owner() -> QuerySet[RoleGroup]:
    return RoleGroup.objects.filter(role=Role.OWNER, group__user__is_active=True)


def holds_any_role(organization: Organization, user: User) -> bool:
    """Whether somebody is a member."""
    return RoleGroup.objects.filter(organization=organization, group__user=user).exists()


def organizations_of(user: User) -> QuerySet[Organization]:
    """The organisations in which somebody holds a role, by name."""
    return (
        Organization.objects.select_related("namespace")
        .filter(pk__in=RoleGroup.objects.filter(group__user=user).values("organization_id"))
        .order_by(Lower("namespace__name"))
    )


def own_organization_page(
    *, actor: Actor, cursor: str | None = None, size: int = 30
) -> Page[Organization]:
    """The organisations in which the actor holds a role, by name."""
    require_person(actor)
    assert actor.user is not None
    rows = organizations_of(actor.user).annotate(sort_name=Lower("namespace__name"))
    return page_of(rows, keys=("sort_name", "id"), cursor=cursor, size=size)


def roles_in(organizations: Collection[Organization], *, user: User) -> dict[int, tuple[Role, ...]]:
    """The roles that somebody holds in some organisations by their ids, the widest first, in one query."""
    rows = RoleGroup.objects.filter(
        organization__in=[each.pk for each in organizations], group__user=user
    ).values_list("organization", "role")
    held: dict[int, list[Role]] = defaultdict(list)
    for organization_id, role in rows:
        held[organization_id].append(Role(role))
    return {pk: tuple(sorted(roles, key=_ORDER.__getitem__)) for pk, roles in held.items()}


def get_open_invitation(invitation_id: int, *, actor: Actor) -> Invitation:
    """An open invitation that is the actor's own or that they may withdraw. ``NotFound`` for all others."""
    found = (
        Invitation.objects.select_related("organization__namespace", "invitee", "invited_by")
        .filter(pk=invitation_id, state=InvitationState.OPEN)
        .first()
    )
    if found is None or actor.user is None:
        raise NotFound
    is_own = found.invitee_id == actor.user_id
    if not is_own and Right.MEMBERS not in organization_rights(found.organization, actor=actor):
        raise NotFound
    return found


def own_invitation_page(
    *, actor: Actor, cursor: str | None = None, size: int = 30
) -> Page[Invitation]:
    """Invitations that the actor has still to answer, oldest first."""
    rows = Invitation.objects.select_related("organization__namespace", "invited_by").filter(
        invitee_id=actor.user_id or 0, state=InvitationState.OPEN
    )
    return page_of(rows, keys=("id",), cursor=cursor, size=size)


def open_invitation_page(
    organization: Organization, *, actor: Actor, cursor: str | None = None, size: int = 30
) -> Page[Invitation]:
    """Invitations of the organisation that have not been answered, oldest first; for those who may invite."""
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.MEMBERS, actor, on=organization.namespace.name)
    rows = Invitation.objects.select_related(
        "organization__namespace", "invitee", "invited_by"
    ).filter(organization=organization, state=InvitationState.OPEN)
    return page_of(rows, keys=("id",), cursor=cursor, size=size)
