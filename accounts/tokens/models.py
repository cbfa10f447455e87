"""Access tokens for programs."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.namespaces.models import Namespace


class Token(models.Model):
    """A secret that lets a program act for a person, or as a service account, with a limited set of rights.

    Only the SHA-256 of the secret is kept; ``hint`` holds its last four characters. ``rights`` are names of
    ``Right``; ``namespaces`` limits it to those, none meaning all. ``created_by`` made it for a service account and so
    knew its secret; it is empty for people's own.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens"
    )
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    rights = models.JSONField(default=list)
    namespaces = models.ManyToManyField(Namespace, blank=True, related_name="+")
    repos = models.JSONField(default=list)
    default_namespace = models.ForeignKey(
        Namespace, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-id"], name="token_of_user")]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"
