"""``manage.py fsck [--quick] [--repair]``: prove that every object exists with its digest."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub.ui.quantities import filesize
from models_catalog.integrity.findings import Kind, Tally
from models_catalog.integrity.queries import examine

EVERY = 0.2  # seconds between two lines of progress


class Command(BaseCommand):
    """A line per finding, then a summary. Exits with 1 when there are problems; leftovers are none."""

    help = "Prove that all bytes and all history are complete and unchanged."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--quick", action="store_true", help="do not read the bytes, only look at their sizes"
        )
        parser.add_argument(
            "--repair", action="store_true", help="move bytes that a crash left in the wrong place"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        tally = Tally()
        shows = self.stderr.isatty()
        if shows:
            tally.on_progress = self._progress(tally)
        for finding in examine(tally, is_quick=options["quick"], repairs=options["repair"]):
            if shows:
                self._tell("")
            self.stdout.write(str(finding))
        if shows:
            self._tell("")
        self.stdout.write(_summary(tally))
        if tally.found[Kind.PROBLEM]:
            raise SystemExit(1)

    def _progress(self, tally: Tally) -> Any:
        told = time.monotonic()

        def tell() -> None:
            nonlocal told
            if time.monotonic() - told > EVERY:
                told = time.monotonic()
                self._tell(_seen(tally))

        return tell

    def _tell(self, words: str) -> None:
        self.stderr.write(f"\r\x1b[K{words}", style_func=str, ending="")
        self.stderr.flush()


def _seen(tally: Tally) -> str:
    return f"{tally.objects:,} objects, {tally.blobs:,} blobs, {filesize(tally.size)}"


def _summary(tally: Tally) -> str:
    found = tally.found
    parts = [_seen(tally), f"{found[Kind.PROBLEM]:,} problems"]
    if found[Kind.REPAIRED]:
        parts.append(f"{found[Kind.REPAIRED]:,} repaired")
    parts.append(f"{found[Kind.LEFTOVER]:,} leftovers")
    return "fsck: " + ", ".join(parts)
