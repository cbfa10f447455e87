"""People with an account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

from accounts.namespaces.models import Namespace


class UserKind(models.TextChoices):
    """Whether somebody or something acts."""

    PERSON = "person"
    ROBOT = "robot"


class User(AbstractUser):
    """A person, or a robot of an organisation; ``username`` is the namespace's name.

    ``is_superuser`` administers the instance, but that alone gives no right on anybody's models. Sessions begun before
    the present ``session_round`` have ended. Who is not active is nobody: ``suspended_at`` says since when for people.
    """

    namespace = models.OneToOneField(Namespace, on_delete=models.PROTECT, related_name="user")
    kind = models.CharField(max_length=10, choices=UserKind, default=UserKind.PERSON)
    display_name = models.CharField(max_length=120, blank=True)
    is_instance_security = models.BooleanField(default=False)
    is_community_reviewer = models.BooleanField(default=False)
    session_round = models.PositiveIntegerField(default=0)
    suspended_at = models.DateTimeField(null=True)
    suspended_reason = models.TextField(blank=True)

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What sessions are bound to: the password, and the round that signing out everywhere ends."""
        bound: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        if not self.session_round:
            return bound
        salt = f"session-round-{self.session_round}"
        return salted_hmac(salt, bound, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_robot(self) -> bool:
        """Whether it is a service account: a program that an organisation answers for."""
        return self.kind == UserKind.ROBOT

    @property
    def name(self) -> str:
        """What to call the person on a page."""
        return self.display_name or self.username
