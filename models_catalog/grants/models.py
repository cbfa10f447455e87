"""Grants: who was given which role on one repo."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.authz.policy import REPO_ROLE_RIGHTS, REPO_ROLE_TITLES, RepoRole, Right

STAND_IN = (
    "stand_in"  # a reviewer of the hub who was let in: given by asking, never chosen from a list
)
GRANT_RIGHTS: dict[str, frozenset[Right]] = {
    **{role.value: rights for role, rights in REPO_ROLE_RIGHTS.items()},
    STAND_IN: frozenset({Right.READ, Right.SEE_UNRELEASED}),
}
GRANT_TITLES = {
    **{role.value: title for role, title in REPO_ROLE_TITLES.items()},
    STAND_IN: gettext_lazy("Stand-in reviewer of the hub"),
}


class Grant(models.Model):
    """A role on one repo, given to one person or to one team; ``expires_on`` is the last day on which it counts.

    What it gives stands in the guardian tables, where every question about rights is asked: see ``spreading``.
    """

    repo = models.ForeignKey("models_catalog.Repo", on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    group = models.ForeignKey(
        Group, null=True, on_delete=models.CASCADE, related_name="repo_grants"
    )
    role = models.CharField(max_length=20, choices=list(GRANT_TITLES.items()))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user=None, group__isnull=False) | Q(user__isnull=False, group=None),
                name="grant_to_a_person_or_a_team",
            ),
            models.UniqueConstraint(
                fields=["repo", "user"], condition=~Q(role=STAND_IN), name="one_grant_per_person"
            ),
            models.UniqueConstraint(
                fields=["repo", "user"], condition=Q(role=STAND_IN), name="one_stand_in_per_person"
            ),
            models.UniqueConstraint(fields=["repo", "group"], name="one_grant_per_team"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_on"], condition=Q(expires_on__isnull=False), name="grant_expires"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} on {self.repo_id}"

    @property
    def rights(self) -> frozenset[Right]:
        """What it gives."""
        return GRANT_RIGHTS[self.role]

    @property
    def holder(self) -> str:
        """What the person or the team is called; both should have been fetched with the row."""
        if self.user is not None:
            return self.user.username
        team = getattr(self.group, "team", None)
        return str(self.group) if team is None else str(team.name)

    @property
    def is_stand_in(self) -> bool:
        """Whether a reviewer of the hub was let in."""
        return self.role == STAND_IN

    @property
    def repo_role(self) -> RepoRole | None:
        """The role that somebody chose; none for stand-ins."""
        return None if self.is_stand_in else RepoRole(self.role)

    @property
    def is_expired(self) -> bool:
        """Whether it gives nothing any more, though it has not been cleared away yet."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()
