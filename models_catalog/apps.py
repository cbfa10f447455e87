"""The catalogue as a Django app: storage, history, versions, changes, search and downloads."""

from __future__ import annotations

from django.apps import AppConfig


class ModelsCatalogConfig(AppConfig):
    """App label ``models_catalog``; subscribes the catalogue's own reactions to its events."""

    name = "models_catalog"

    def ready(self) -> None:
        """Connect the reactions of the catalogue."""
        from models_catalog import subscriptions  # noqa: PLC0415 - needs loaded models

        subscriptions.connect()
