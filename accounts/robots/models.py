"""Service accounts: programs that an organisation answers for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.orgs.models import Organization
from accounts.users.models import User


class ServiceAccount(models.Model):
    """What makes a user a robot of an organisation: what it is for, and the person who answers for it.

    A robot has no password and signs in by no page; it holds nothing outside of its organisation and decides about
    nothing. Disabled, its user is not active.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="service_account")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="service_accounts"
    )
    purpose = models.CharField(max_length=500)
    responsible = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.user.username

    @property
    def is_enabled(self) -> bool:
        """Whether its tokens work."""
        return self.user.is_active


class FormerResponsible(models.Model):
    """Somebody who answered for a robot until somebody else took over.

    They stay behind what it did: nobody hands a robot on in order to approve its work.
    """

    account = models.ForeignKey(
        ServiceAccount, on_delete=models.CASCADE, related_name="former_responsibles"
    )
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "until"], name="former_responsible_of_robot")
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.account} until {self.until}"
