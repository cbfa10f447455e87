"""Making teams, and saying who belongs to them."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_means, require_right
from accounts.namespaces.names import check_name, fold
from accounts.orgs.actions.roles import hold_roles
from accounts.orgs.events import MemberLeft
from accounts.orgs.models import Organization
from accounts.orgs.queries import holds_any_role, organization_rights
from accounts.robots.queries import is_robot_of
from accounts.teams.events import (
    TeamCreated,
    TeamDeleted,
    TeamDescribed,
    TeamMemberAdded,
    TeamMemberRemoved,
    TeamRenamed,
    about,
)
from accounts.teams.models import Team
from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid, NotFound
from hub.core.events import emit
from hub.core.text import storable

MAX_DESCRIPTION = 500
RESERVED = frozenset({"new"})  # addresses beside those of the teams


@transaction.atomic
def create_team(
    organization: Organization, *, name: str, description: str = "", actor: Actor
) -> Team:
    """Make an empty team. Raises ``Invalid`` for a bad name, ``Conflict`` for one that the organisation has."""
    _require_members(organization, actor)
    _check_name(name)
    description = _checked(description)
    try:
        with transaction.atomic():
            group = Group.objects.create(name=f"team:{uuid.uuid4().hex}")
            team = Team.objects.create(
                organization=organization,
                name=name,
                folded=fold(name),
                description=description,
                group=group,
            )
    except IntegrityError as error:
        raise _taken(organization, name) from error
    emit(TeamCreated(actor=actor, **about(team)))
    return team


@transaction.atomic
def rename_team(team: Team, *, name: str, actor: Actor) -> Team:
    """Call a team otherwise; the same name again changes nothing."""
    _require_members(team.organization, actor)
    _check_name(name)
    stands = _held(team)
    if stands.name == name:
        return team
    try:
        with transaction.atomic():
            Team.objects.filter(pk=team.pk).update(name=name, folded=fold(name))
    except IntegrityError as error:
        raise _taken(team.organization, name) from error
    team.name, team.folded = name, fold(name)
    emit(TeamRenamed(actor=actor, old_name=stands.name, **about(team)))
    return team


@transaction.atomic
def describe_team(team: Team, *, description: str, actor: Actor) -> Team:
    """Say what a team is for; the same words again change nothing."""
    _require_members(team.organization, actor)
    description = _checked(description)
    stands = _held(team)
    if stands.description == description:
        return team
    team.description = description
    team.save(update_fields=["description"])
    emit(TeamDescribed(actor=actor, **about(team)))
    return team


@transaction.atomic
def add_to_team(team: Team, user: User, *, actor: Actor) -> None:
    """Let a member or a service account of the organisation belong to a team. Raises ``Conflict`` a second time."""
    _require_members(team.organization, actor)
    hold_roles(team.organization)  # who leaves the organisation at this moment leaves the team too
    _held(team)
    belongs = user.is_active and (
        is_robot_of(user, team.organization)
        or (not user.is_robot and holds_any_role(team.organization, user))
    )
    if not belongs:
        raise Invalid(
            _("{name} does not belong to {org}. Invite them first.").format(
                name=user.username, org=team.organization.namespace.name
            ),
            field="username",
        )
    if team.group.user_set.filter(pk=user.pk).exists():
        raise Conflict(
            _("{name} is in this team already.").format(name=user.username), field="username"
        )
    team.group.user_set.add(user)
    emit(TeamMemberAdded(actor=actor, member=user.username, team=team, **about(team)))


@transaction.atomic
def remove_from_team(team: Team, user: User, *, actor: Actor) -> None:
    """Take somebody out of a team, or leave it oneself. Raises ``NotFound`` for those who do not belong to it."""
    if user.pk == actor.user_id:
        require_means(actor, Right.MEMBERS, namespace_id=team.organization.namespace_id)
    else:
        _require_members(team.organization, actor)
    _held(team)
    if not team.group.user_set.filter(pk=user.pk).exists():
        raise NotFound(_("{name} is not in this team.").format(name=user.username))
    _take_out(team, user, actor=actor)


@transaction.atomic
def delete_team(team: Team, *, actor: Actor) -> None:
    """Delete a team with everything that was granted to it; what its members hold otherwise stays."""
    _require_members(team.organization, actor)
    stands = _held(team)
    told = TeamDeleted(actor=actor, members=stands.group.user_set.count(), **about(team))
    stands.delete()
    stands.group.delete()  # and with it the grants of models
    emit(told)


def leave_teams(event: MemberLeft) -> None:
    """Who no longer belongs to an organisation belongs to none of its teams, from the same moment.

    A service account may do without a role, and stays in its teams.
    """
    if event.user.is_robot:
        return
    teams = Team.objects.select_related("organization__namespace", "group").filter(
        organization=event.organization, group__user=event.user
    )
    for team in teams.order_by("pk"):
        _take_out(team, event.user, actor=event.actor)


def _take_out(team: Team, user: User, *, actor: Actor) -> None:
    team.group.user_set.remove(user)
    emit(TeamMemberRemoved(actor=actor, member=user.username, **about(team)))


def _held(team: Team) -> Team:
    """The team as it stands, kept until the transaction ends: nobody joins one that is being deleted."""
    found = (
        Team.objects.select_for_update(of=("self",))
        .select_related("group")
        .filter(pk=team.pk)
        .first()
    )
    if found is None:
        raise NotFound(_("This team has been deleted."))
    return found


def _require_members(organization: Organization, actor: Actor) -> None:
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.MEMBERS, actor, on=organization.namespace.name)


def _check_name(name: str) -> None:
    check_name(name, what=_("team"))
    if name.lower() in RESERVED:
        raise Invalid(_("A team cannot be called “{name}”.").format(name=name), field="name")


def _checked(description: str) -> str:
    description = storable(description).strip()
    if len(description) > MAX_DESCRIPTION:
        raise Invalid(
            _("Use up to {max_description} letters.").format(max_description=MAX_DESCRIPTION),
            field="description",
        )
    return description


def _taken(organization: Organization, name: str) -> Conflict:
    return Conflict(
        _("{org} has a team called “{name}”, or one too much like it, already.").format(
            org=organization.namespace.name, name=name
        ),
        field="name",
    )
