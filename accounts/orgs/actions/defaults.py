"""What the models of an organisation begin with, and who may add them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from accounts.authz.policy import CREATORS, Right, Role, rights_of_role
from accounts.authz.queries import require_right
from accounts.namespaces.models import Visibility
from accounts.orgs.events import OrganizationDefaultsChanged, about
from accounts.orgs.models import Organization, RoleGroup
from accounts.orgs.queries import organization_rights
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid
from hub.core.events import emit


@transaction.atomic
def change_defaults(
    organization: Organization,
    *,
    default_visibility: str | None = None,
    who_creates: str | None = None,
    actor: Actor,
    expected: tuple[str, str] | None = None,
) -> Organization:
    """Change what new models begin with and the least role that may add them; ``None`` stays as it is by now.

    Models that are there stay as they are. ``expected`` are the two as the caller saw them; raises ``Conflict`` when
    they are others by now.
    """
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.SETTINGS, actor, on=organization.namespace.name)
    # Two who save at once save one after the other, and the groups of the roles end as the row says.
    stands = Organization.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organization.pk
    )
    if expected not in (None, (stands.default_visibility, stands.who_creates)):
        raise Conflict(_("Somebody changed these settings meanwhile. Read them again."))
    visibility = stands.default_visibility if default_visibility is None else default_visibility
    creator = stands.who_creates if who_creates is None else who_creates
    if visibility not in Visibility.values:
        raise Invalid(_("Choose public, internal or private."), field="default_visibility")
    if creator not in CREATORS:
        raise Invalid(_("Choose contributor, maintainer or admin."), field="who_creates")
    organization.default_visibility, organization.who_creates = visibility, creator
    if (visibility, creator) == (stands.default_visibility, stands.who_creates):
        return organization
    organization.save(update_fields=["default_visibility", "who_creates"])
    _let_create(organization, Role(creator))
    emit(
        OrganizationDefaultsChanged(
            actor=actor,
            default_visibility=visibility,
            who_creates=creator,
            **about(organization),
        )
    )
    return organization


def _let_create(organization: Organization, creator: Role) -> None:
    """Give the right to add models to the groups of the roles that may, and take it from the others."""
    rows = RoleGroup.objects.select_related("group").filter(organization=organization)
    for row in rows.order_by("pk"):
        if Right.CREATE in rights_of_role(Role(row.role), who_creates=creator):
            assign_perm(Right.CREATE.value, row.group, organization)
        else:
            remove_perm(Right.CREATE.value, row.group, organization)
