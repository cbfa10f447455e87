"""Giving an organisation an owner again whose owners cannot act any more."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.authz.policy import Role
from accounts.orgs.actions.roles import hold_roles, put_into_role
from accounts.orgs.events import OwnerAppointed, about
from accounts.orgs.models import Organization
from accounts.orgs.queries import has_owner, holds_any_role
from accounts.users.models import User
from accounts.users.suspension import require_administrator
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid
from hub.core.events import emit


@transaction.atomic
def appoint_owner(organization: Organization, user: User, *, reason: str, actor: Actor) -> None:
    """Make a member the owner of an organisation that has no active one; for administrators of the hub.

    Raises ``Conflict`` while it has one: who runs the hub does not choose who runs an organisation.
    """
    require_administrator(actor)
    if not reason.strip():
        raise Invalid(_("Say why: the record keeps the reason."), field="reason")
    hold_roles(organization)  # of two who appoint at once the second finds an owner
    if has_owner(organization):
        raise Conflict(
            _("{org} has an owner, who makes others owners.").format(
                org=organization.namespace.name
            )
        )
    if not user.is_active or not holds_any_role(organization, user):
        raise Invalid(
            _("{name} is not a member of {org}. Appoint somebody who is.").format(
                name=user.username, org=organization.namespace.name
            ),
            field="username",
        )
    put_into_role(organization, user, Role.OWNER, actor=actor)
    emit(
        OwnerAppointed(
            actor=actor, member=user.username, reason=reason.strip(), **about(organization)
        )
    )
