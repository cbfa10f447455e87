"""Carrying the demonstration out: training beside it in a process of its own, and telling the stories as it goes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from hub.core.jobs.actions import NotYet
from hub.demo.planting.story import advance
from models_catalog.downloads.tasks import count_month

LOOK_AGAIN = 0.5  # seconds
TRAINED = "trained"


def plant(payload: Mapping[str, Any]) -> str:
    """Ledger job: make what is missing of the demonstration. Run again after a crash, it goes on where it stopped.

    Raises ``NotYet`` while files are being scanned.
    """
    del payload
    folder = Path(settings.DATA_DIR) / "tmp" / "demonstration"
    with _training(folder) as process:
        while process is not None and _is_running(process):
            advance(folder)
    if not advance(folder):
        raise NotYet(LOOK_AGAIN)
    count_month()
    shutil.rmtree(folder, ignore_errors=True)
    return "The demonstration is complete."


@contextmanager
def _training(folder: Path) -> Iterator[subprocess.Popen[bytes] | None]:
    """Train in a child with the lowest claim on the processor; nothing to do when it has been done.

    Raises ``RuntimeError`` when training fails. A child does not outlive what it works for.
    """
    if (folder / TRAINED).exists():
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "hub.demo.growing", str(folder), "--hub", settings.PUBLIC_URL]
    process = subprocess.Popen(  # noqa: S603 - a program of our own
        command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL
    )
    try:
        yield process
        if process.returncode != 0:
            raise RuntimeError(f"Training ended with exit code {process.returncode}.")
        (folder / TRAINED).touch()
    finally:
        process.kill()
        process.wait()


def _is_running(process: subprocess.Popen[bytes]) -> bool:
    """Whether it still runs after a moment."""
    try:
        process.wait(timeout=LOOK_AGAIN)
    except subprocess.TimeoutExpired:
        return True
    return False
