"""``manage.py run``: web server, worker and clock under one parent (``make run`` sets the environment up first)."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from hub.launch.main import main


class Command(BaseCommand):
    """Here so that ``manage.py help`` lists it; ``manage.py`` itself goes to ``hub.launch`` without loading Django."""

    help = "Run the hub on this machine: web server, worker and clock. PORT and ARBORETUM_DATA say where."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        sys.exit(main())
