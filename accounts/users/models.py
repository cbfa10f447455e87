"""People with an account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from accounts.namespaces.models import Namespace


class User(AbstractUser):
    """A person; ``username`` is the namespace's name.

    ``is_superuser`` administers the instance, but that alone gives no right on anybody's models.
    """

    namespace = models.OneToOneField(Namespace, on_delete=models.PROTECT, related_name="user")
    display_name = models.CharField(max_length=120, blank=True)
    is_instance_security = models.BooleanField(default=False)
    is_community_reviewer = models.BooleanField(default=False)

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.username

    @property
    def name(self) -> str:
        """What to call the person on a page."""
        return self.display_name or self.username
