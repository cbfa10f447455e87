"""Organisations, their roles and invitations."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.authz.policy import CREATORS, RIGHT_TITLES, ROLE_TITLES, Right, Role
from accounts.namespaces.models import Namespace, Visibility


class Organization(models.Model):
    """A group of people that publishes models and answers for them.

    ``default_visibility`` is what a new model gets when nobody says otherwise; ``who_creates`` is the least role that
    may add models, and the groups of the roles hold the right accordingly.
    """

    namespace = models.OneToOneField(
        Namespace, on_delete=models.PROTECT, related_name="organization"
    )
    display_name = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=2000)
    contact = models.EmailField(blank=True)
    default_visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    who_creates = models.CharField(
        max_length=20, choices=[(r.value, ROLE_TITLES[r]) for r in CREATORS], default="contributor"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        permissions: ClassVar = [(right.value, RIGHT_TITLES[right]) for right in Right]

    def __str__(self) -> str:
        return self.namespace.name


class OrganizationUserPermission(UserObjectPermissionBase):
    """A right given to one person on an organisation (roles are the usual way)."""

    content_object = models.ForeignKey(Organization, on_delete=models.CASCADE)


class OrganizationGroupPermission(GroupObjectPermissionBase):
    """A right that the group of a role holds on its organisation."""

    content_object = models.ForeignKey(Organization, on_delete=models.CASCADE)


class RoleGroup(models.Model):
    """The group that holds one role of one organisation; its members are the people in that role."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="role_groups"
    )
    role = models.CharField(max_length=20, choices=[(r.value, ROLE_TITLES[r]) for r in Role])
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="role_group")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "role"], name="one_group_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.role}"


class InvitationState(models.TextChoices):
    """What became of an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Invitation(models.Model):
    """An offer of a role to a person, who must accept it."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="invitations"
    )
    invitee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(max_length=20, choices=[(r.value, ROLE_TITLES[r]) for r in Role])
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.OPEN)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "invitee"],
                condition=models.Q(state="open"),
                name="one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.invitee} to {self.organization} as {self.role}"

    @property
    def offered_role(self) -> Role:
        """The role that accepting it gives."""
        return Role(self.role)
