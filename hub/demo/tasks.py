"""Background entry point of the demonstration; Celery finds it by the list in ``hub/celery.py``."""

from __future__ import annotations

from hub.core.jobs.actions import handles
from hub.demo.instance import KIND
from hub.demo.planting.job import plant

handles(KIND)(plant)
