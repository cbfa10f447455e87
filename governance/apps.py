"""Governance as a Django app: audit, policies, scanning and reviews."""

from __future__ import annotations

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """App label ``governance``; plugs itself into the catalogue on one page, ``subscriptions.py``."""

    name = "governance"

    def ready(self) -> None:
        """Subscribe to events and register gates."""
        from governance import subscriptions  # noqa: PLC0415 - needs loaded models

        subscriptions.connect()
