"""Answers to requests that came with a key."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    """What one person's request with one key was answered.

    ``key_digest`` is the SHA-256 over person, route and key; ``request_digest`` that of the whole request. ``status``
    is empty while the request is running, and the body of an answer that holds a secret is never kept.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key_digest = models.CharField(max_length=64, unique=True)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["begun_at"], name="answer_by_age")]

    def __str__(self) -> str:
        return self.key_digest
