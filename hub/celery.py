"""The Celery application; configured wholly from Django's settings (names that begin with ``CELERY_``)."""

from __future__ import annotations

import os

from celery import Celery

from hub.core.jobs import folder_queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
folder_queue.install()

app = Celery("hub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "hub.core.jobs",
        "hub.core.idempotency",
        "hub.demo",
        "models_catalog.artifacts",
        "models_catalog.cards",
        "models_catalog.grants",
        "models_catalog.storage",
        "models_catalog.search",
        "models_catalog.downloads",
        "models_catalog.uploads",
        "governance.reviews",
        "governance.scanning",
        "governance.audit",
        "governance.policies",
        "governance.outbox",
        "governance.webhooks",
    ]
)
