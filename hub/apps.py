"""The kit as a Django app: it holds the job ledger."""

from __future__ import annotations

from django.apps import AppConfig


class HubConfig(AppConfig):
    """App label ``hub``."""

    name = "hub"
    label = "hub"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the Celery application current before anybody sends a task.

        Not in ``hub/__init__.py``: the parent of a running hub imports ``hub.launch`` and should stay without Celery.
        """
        import hub.celery  # noqa: F401, PLC0415 - needs settings
