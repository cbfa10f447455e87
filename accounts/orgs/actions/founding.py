"""Founding organisations and saying what they are."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from accounts.authz.policy import ROLE_RIGHTS, Right, Role
from accounts.authz.queries import require_person, require_right
from accounts.namespaces.actions import claim_namespace
from accounts.namespaces.models import NamespaceKind, Preset
from accounts.orgs.actions.roles import put_into_role
from accounts.orgs.events import OrganizationCreated, OrganizationDescribed, about
from accounts.orgs.models import Organization, RoleGroup
from accounts.orgs.queries import organization_rights
from hub.core.actor import Actor
from hub.core.errors import Forbidden, Invalid
from hub.core.events import emit

MAX_DISPLAY_NAME = 120
MAX_DESCRIPTION = 2000


@transaction.atomic
def create_organization(
    name: str, *, actor: Actor, preset: str, display_name: str = "", description: str = ""
) -> Organization:
    """Found an organisation; the actor becomes its owner. Raises ``Invalid`` or ``Conflict`` about the field."""
    require_person(actor)
    assert actor.user is not None
    _require_unlimited(actor)
    if actor.user.is_robot:
        raise Forbidden(_("A service account founds no organisations. A person has to."))
    if preset not in Preset.values:
        raise Invalid(
            _("“{preset}” is not a preset. Choose open, light or strict.").format(preset=preset),
            field="preset",
        )
    _check_texts(display_name, description)
    namespace = claim_namespace(name, kind=NamespaceKind.ORGANIZATION, preset=preset)
    organization = Organization.objects.create(
        namespace=namespace,
        display_name=display_name.strip() or name,
        description=description.strip(),
        created_by=actor.user,
    )
    for role, rights in ROLE_RIGHTS.items():
        _make_role(organization, role, rights)
    emit(OrganizationCreated(actor=actor, preset=preset, **about(organization)))
    put_into_role(organization, actor.user, Role.OWNER, actor=actor)
    return organization


def _require_unlimited(actor: Actor) -> None:
    """A token founds organisations only with every right and without limits: its limits cannot name what is not yet."""
    lacks_right = actor.rights is not None and Right.SETTINGS not in actor.rights
    if lacks_right or actor.namespaces is not None or actor.repos is not None:
        raise Forbidden(
            _(
                "This token may not found organisations. Use one with the scope “admin” and without "
                "limits."
            )
        )


def _make_role(organization: Organization, role: Role, rights: frozenset[Right]) -> None:
    group = Group.objects.create(name=f"org:{organization.pk}:{role.value}")
    RoleGroup.objects.create(organization=organization, role=role.value, group=group)
    for right in sorted(rights):
        assign_perm(right.value, group, organization)


@transaction.atomic
def describe_organization(
    organization: Organization, *, display_name: str, description: str, contact: str, actor: Actor
) -> None:
    """Change what the organisation says of itself. Raises ``Invalid`` about the field."""
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.SETTINGS, actor, on=organization.namespace.name)
    if not display_name.strip():
        raise Invalid(_("Give the organisation a name to show."), field="display_name")
    _check_texts(display_name, description)
    _check_contact(contact)
    organization.display_name = display_name.strip()
    organization.description = description.strip()
    organization.contact = contact.strip()
    organization.save(update_fields=["display_name", "description", "contact"])
    emit(
        OrganizationDescribed(
            actor=actor,
            display_name=organization.display_name,
            contact=organization.contact,
            **about(organization),
        )
    )


def _check_texts(display_name: str, description: str) -> None:
    if len(display_name) > MAX_DISPLAY_NAME or not display_name.isprintable():
        raise Invalid(
            _(
                "Use up to {max_display_name} letters, without line breaks or invisible characters."
            ).format(max_display_name=MAX_DISPLAY_NAME),
            field="display_name",
        )
    if len(description) > MAX_DESCRIPTION:
        raise Invalid(
            _("The description has {count:,} characters; {max_description:,} are allowed.").format(
                count=len(description), max_description=MAX_DESCRIPTION
            ),
            field="description",
        )


def _check_contact(contact: str) -> None:
    if not contact.strip():
        return
    try:
        validate_email(contact.strip())
    except ValidationError as error:
        raise Invalid(
            _("“{contact}” is not an email address.").format(contact=contact), field="contact"
        ) from error
