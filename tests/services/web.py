"""The web server alone, as an embedded hub runs it: no worker, no clock, nothing in its data folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hub.launch.child import die_with_parent
from hub.launch.options import ROOT
from tests.services.ports import free_port

SERVICES = ("REDIS_URL", "CELERY_BROKER_URL", "DATABASE_URL")
STARTS_WITHIN = 60.0  # seconds


@dataclass(frozen=True)
class WebServer:
    """A running gunicorn."""

    port: int
    log_path: Path

    @property
    def log(self) -> str:
        """What it wrote so far."""
        return self.log_path.read_text(errors="replace")


@contextmanager
def web_server(folder: Path, **extra: str) -> Iterator[WebServer]:
    """Start gunicorn with the hub's configuration; it is stopped, politely, at the end of the block."""
    port, ready, log = free_port(), folder / "ready", folder / "web.log"
    (folder / "static").mkdir(exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name not in SERVICES}
    environment |= {
        "ARBORETUM_DATA": str(folder),
        "PORT": str(port),
        "ARBORETUM_READY_FILE": str(ready),
        **extra,
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:hub.launch.gunicorn_conf"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not ready.exists():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.05)
        yield WebServer(port, log)
    finally:
        process.terminate()
        assert process.wait(timeout=10) == 0
