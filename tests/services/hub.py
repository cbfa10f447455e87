"""The whole hub, started the way a person starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hub.launch.child import die_with_parent
from tests.services.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN, STOPS_WITHIN = 120.0, 60.0  # seconds
INHERITED = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ")


class HubDidNotStart(AssertionError):
    """The hub ended or stayed silent; the message holds what it printed."""


@dataclass
class RunningHub:
    """A started ``manage.py run`` with its own port and data folder."""

    base_url: str
    port: int
    data: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes]

    @property
    def state(self) -> dict[str, Any]:
        """What ``run.json`` says now."""
        found: dict[str, Any] = json.loads((self.data / "run.json").read_text())
        return found

    def pid_of(self, name: str) -> int:
        """The process id of ``web``, ``worker`` or ``beat``."""
        return int(self.state["children"][name])

    @property
    def printed(self) -> str:
        """Everything on its terminal so far."""
        return (self.data / "terminal.txt").read_text(errors="replace")

    def log(self, name: str) -> str:
        """The log of ``web``, ``worker`` or ``beat``."""
        return (self.data / "logs" / f"{name}.log").read_text(errors="replace")

    def manage(self, *arguments: str) -> str:
        """Run ``manage.py`` on its data folder; answer what it printed. Raises when it fails."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=dict(self.environment),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, (
            f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
        )
        return done.stdout

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; answer its exit code (an error when it takes longer than it promises)."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=STOPS_WITHIN)

    def wait_until(self, happened: Callable[[], bool], *, seconds: float = 60.0) -> None:
        """Return as soon as ``happened()`` is true; fail when it is not within ``seconds``."""
        until = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > until:
                raise AssertionError(
                    f"It did not happen within {seconds:g} s. The hub printed:\n{self.printed}"
                )
            time.sleep(0.05)


def launch(
    data: Path, *, port: int | None = None, wait: bool = True, demo: bool = False, **extra: str
) -> RunningHub:
    """Start the hub on ``data``, with ``extra`` variables; the database and the queue are the embedded ones.

    Empty unless ``demo`` asks for the demonstration content, which then grows beside the running hub. With ``wait`` it returns when pages are answered, and raises HubDidNotStart when they are not.
    """
    data.mkdir(parents=True, exist_ok=True)
    (data / "run.json").unlink(missing_ok=True)  # left by one that was killed
    port = port or free_port()
    environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
    environment |= {"PORT": str(port), "ARBORETUM_DATA": str(data)}
    environment |= {"ARBORETUM_DEMO": "1" if demo else "0", **extra}
    with (data / "terminal.txt").open("wb") as terminal:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "run"],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=terminal,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
    hub = RunningHub(f"http://localhost:{port}", port, data, environment, process)
    if wait:
        _wait_until_ready(hub)
    return hub


def _wait_until_ready(hub: RunningHub) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while hub.process.poll() is None and time.monotonic() < until:
        if (hub.data / "run.json").exists() and hub.state["ready"]:
            return
        time.sleep(0.05)
    hub.process.kill()
    hub.process.wait()
    raise HubDidNotStart(f"The hub did not start:\n{hub.printed}")


@pytest.fixture
def start_hub(tmp_path: Path) -> Iterator[Callable[..., RunningHub]]:
    """A function that starts hubs; all of them are stopped after the test. Arguments as for ``launch``."""
    started: list[RunningHub] = []

    def start(data: Path | None = None, **options: Any) -> RunningHub:
        hub = launch(data or tmp_path / f"hub-{len(started)}", **options)
        started.append(hub)
        return hub

    yield start
    for hub in started:
        _end(hub)


@pytest.fixture(scope="session")
def running_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for all journeys of this process; make people and repos with names of your own."""
    hub = launch(tmp_path_factory.mktemp("hub") / "data")
    yield hub
    _end(hub)


def _end(hub: RunningHub) -> None:
    try:
        hub.stop()
    finally:
        if hub.process.poll() is None:  # it broke its promise; the children die with it
            hub.process.kill()
            hub.process.wait()
