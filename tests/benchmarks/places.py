"""A hub for one benchmark, on the disk that a hub would use."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.hub import ROOT, RunningHub, launch


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder below the data folder; it goes away with everything in it."""
    data = Path(os.environ.get("ARBORETUM_DATA") or ROOT / "var")
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=data) as name:
        yield Path(name)


@contextmanager
def hub_in(place: Path) -> Iterator[RunningHub]:
    """A running hub with its data below ``place``."""
    hub = launch(
        place / "hub", ARBORETUM_RATE_LIMITS="search=0/60,upload=0/60"
    )  # what is measured is the hub
    try:
        yield hub
    finally:
        hub.stop()
