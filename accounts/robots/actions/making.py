"""Making service accounts, and saying what they are for, who answers for them and whether they work."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right, Role
from accounts.authz.queries import require_right
from accounts.namespaces.actions import claim_namespace
from accounts.namespaces.models import NamespaceKind, Preset
from accounts.orgs.actions import take_role
from accounts.orgs.actions.roles import hold_roles, put_into_role, require_may_manage, role_named
from accounts.orgs.models import Organization
from accounts.orgs.queries import holds_any_role, organization_rights, roles_of
from accounts.robots.events import (
    RobotChanged,
    RobotCreated,
    RobotDisabled,
    RobotEnabled,
    about,
)
from accounts.robots.models import FormerResponsible, ServiceAccount
from accounts.tokens.actions import stop_tokens_known_to
from accounts.users.activity import set_active
from accounts.users.models import User, UserKind
from accounts.users.queries import get_user
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid, NotFound
from hub.core.events import emit
from hub.core.text import storable

MAX_PURPOSE = 500


@transaction.atomic
def create_robot(
    organization: Organization, *, name: str, purpose: str, responsible: str, actor: Actor
) -> ServiceAccount:
    """Make a service account called ``<organisation>-<name>``, without a password, roles or tokens.

    ``responsible`` names a member, who answers for what it does. Raises ``Invalid`` or ``Conflict`` about the field.
    """
    _require_members(organization, actor)
    assert actor.user is not None
    if not name.strip():
        raise Invalid(_("Name the account after the program that will use it."), field="name")
    purpose = _checked(purpose)
    hold_roles(organization)  # who answers for it must still belong when it is there
    person = _member_named(organization, responsible)
    user = User(username=f"{organization.namespace.name}-{name.strip()}", kind=UserKind.ROBOT)
    user.namespace = claim_namespace(
        user.username, kind=NamespaceKind.USER, preset=Preset.STRICT, field="name"
    )
    user.set_unusable_password()
    user.save()
    account = ServiceAccount.objects.create(
        user=user,
        organization=organization,
        purpose=purpose,
        responsible=person,
        created_by=actor.user,
    )
    emit(RobotCreated(actor=actor, purpose=purpose, responsible=person.username, **about(account)))
    return account


@transaction.atomic
def change_robot(
    account: ServiceAccount, *, purpose: str, responsible: str, actor: Actor
) -> ServiceAccount:
    """Say anew what it is for and who answers for it. Who did so far stays behind what it did meanwhile."""
    _require_members(account.organization, actor)
    purpose = _checked(purpose)
    hold_roles(account.organization)
    # Two who name somebody at once do so one after the other, and the first of the named is remembered.
    stands = ServiceAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    person = _member_named(account.organization, responsible)
    if stands.responsible_id != person.pk:
        FormerResponsible.objects.create(
            account=account, person_id=stands.responsible_id, until=timezone.now()
        )
    is_same = (stands.purpose, stands.responsible_id) == (purpose, person.pk)
    account.purpose, account.responsible = purpose, person
    if is_same:
        return account
    account.save(update_fields=["purpose", "responsible"])
    emit(RobotChanged(actor=actor, purpose=purpose, responsible=person.username, **about(account)))
    return account


@transaction.atomic
def set_robot_roles(account: ServiceAccount, *, roles: Collection[str], actor: Actor) -> None:
    """Let it hold exactly ``roles`` in its organisation; none is allowed, and then only grants count."""
    require_may_manage(account.organization, Role.READER, actor=actor)
    wanted = {role_named(role) for role in roles}
    hold_roles(account.organization)
    held = set(roles_of(account.organization, [account.user]).get(account.user_id, ()))
    for role in sorted(wanted - held):
        put_into_role(account.organization, account.user, role, actor=actor)
    for role in sorted(held - wanted):
        take_role(account.organization, account.user, role=role.value, actor=actor)


@transaction.atomic
def disable_robot(account: ServiceAccount, *, reason: str, actor: Actor) -> None:
    """Stop it at once, whatever it is doing: its tokens end for good, and what it has not finished is undone."""
    _require_members(account.organization, actor)
    reason = storable(reason).strip()
    if not reason:
        raise Invalid(_("Say why: the record keeps the reason."), field="reason")
    if not set_active(account.user, is_active=False, actor=actor):
        raise Conflict(_("This service account is disabled already."))
    stop_tokens_known_to(account.user, actor=actor)
    emit(RobotDisabled(actor=actor, reason=reason, **about(account)))


@transaction.atomic
def enable_robot(account: ServiceAccount, *, actor: Actor) -> None:
    """Let it work again. Its old tokens stay revoked."""
    _require_members(account.organization, actor)
    if not set_active(account.user, is_active=True, actor=actor):
        raise Conflict(_("This service account works already."))
    emit(RobotEnabled(actor=actor, **about(account)))


def _require_members(organization: Organization, actor: Actor) -> None:
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.MEMBERS, actor, on=organization.namespace.name)


def _checked(purpose: str) -> str:
    purpose = storable(purpose).strip()
    if not purpose:
        raise Invalid(_("Say what it is for: others will have to know."), field="purpose")
    if len(purpose) > MAX_PURPOSE:
        raise Invalid(
            _("Use up to {max_purpose} letters.").format(max_purpose=MAX_PURPOSE), field="purpose"
        )
    return purpose


def _member_named(organization: Organization, name: str) -> User:
    """The member who is to answer for it. Raises ``Invalid`` about ``responsible``."""
    try:
        person = get_user(name)
    except NotFound as error:
        raise Invalid(error.message, field="responsible") from error
    if person.is_robot or not holds_any_role(organization, person):
        raise Invalid(
            _("{name} is not a member of {org}. A member answers for a service account.").format(
                name=person.username, org=organization.namespace.name
            ),
            field="responsible",
        )
    return person
