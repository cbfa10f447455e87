"""The three programs that make up an embedded hub."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from hub.launch.child import Program
from hub.launch.options import Options

QUEUES = "scan,default,mail"
WORKERS = 2


def programs(options: Options, *, ready_file: Path) -> list[Program]:
    """Web server, worker and clock, under the Python that runs this; the web server touches ``ready_file``."""
    environment = {
        "ARBORETUM_DATA": str(options.data),
        "PORT": str(options.port),
        "ARBORETUM_BIND": options.host,
    }
    celery = [sys.executable, "-m", "celery", "-A", "hub"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [
        Program(
            "web",
            [sys.executable, "-m", "gunicorn", "--config", "python:hub.launch.gunicorn_conf"],
            {**environment, "ARBORETUM_READY_FILE": str(ready_file)},
            hurry=signal.SIGQUIT,
        ),
        Program(
            "worker",
            [
                *celery,
                "worker",
                "-Q",
                QUEUES,
                "-c",
                str(WORKERS),
                "-l",
                "INFO",
                "-n",
                "hub@localhost",
                *quiet,
            ],
            environment,
            hurry=signal.SIGQUIT,
        ),
        Program(
            "beat",
            [
                *celery,
                "beat",
                "-l",
                "INFO",
                "--pidfile=",
                "--schedule",
                str(options.data / "beat-schedule"),
            ],
            environment,
        ),
    ]
