"""``manage.py collect_garbage [--no-dry-run]``: free the bytes that nothing reaches."""

from __future__ import annotations

from argparse import BooleanOptionalAction
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub.core.actor import SYSTEM
from hub.ui.quantities import filesize
from models_catalog.integrity.collection import collect_garbage, measure_garbage


class Command(BaseCommand):
    """Measures by default; deletes when told so."""

    help = "Measure, or delete, the bytes that no revision, version, change or upload reaches."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--dry-run",
            action=BooleanOptionalAction,
            default=True,
            help="only measure (the default); --no-dry-run deletes",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        is_dry = options["dry_run"]
        garbage = measure_garbage() if is_dry else collect_garbage(actor=SYSTEM)
        seen = f"collect_garbage: {garbage.objects:,} blobs, {filesize(garbage.size)}"
        self.stdout.write(
            f"{seen} can be freed; --no-dry-run does it" if is_dry else f"{seen} freed"
        )
