"""People, organisations, rights and tokens as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """App label ``accounts``; subscribes its own reactions to events."""

    name = "accounts"

    def ready(self) -> None:
        """Connect the reactions of accounts."""
        from accounts import subscriptions  # noqa: PLC0415 - needs loaded models

        subscriptions.connect()
