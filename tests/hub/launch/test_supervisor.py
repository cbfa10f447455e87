import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PARENT = Path(__file__).with_name("parent.py")
SLEEPS = "import time; print('began', flush=True); time.sleep(600)"
HAS_A_CHILD = (
    "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"
)
PATIENCE = 60.0  # seconds, for a machine that is busy with other tests; nothing here measures speed
DEAF_TO_TERM = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"


class Parent:
    def __init__(self, folder: Path):
        self.folder = folder

    def start(self, **programs: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PARENT), str(self.folder), json.dumps(programs)],
            stderr=subprocess.PIPE,
            text=True,
        )

    def pids(self):
        try:
            return json.loads((self.folder / "pids.json").read_text())
        except FileNotFoundError:
            return {}

    def log(self, name):
        path = self.folder / f"{name}.log"
        return path.read_text() if path.exists() else ""


@pytest.fixture
def parent(tmp_path):
    parent = Parent(tmp_path)
    yield parent
    parent.process.kill()
    parent.process.communicate()


def until(happened):
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def group_is_gone(pid):
    """Whether nobody of the group lives; who is dead and waits for PID 1 to take notice is gone, too."""
    return not any(group == pid and state not in "ZX" for state, group in processes())


def processes():
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, group = stat.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield state, int(group)


def test_a_killed_child_is_started_again_and_the_others_are_left_alone(parent):
    parent.start(web=SLEEPS, worker=SLEEPS)
    until(lambda: len(parent.pids()) == 2)
    before = parent.pids()

    os.kill(before["worker"], signal.SIGKILL)

    until(lambda: parent.pids().get("worker", before["worker"]) != before["worker"])
    assert parent.pids()["web"] == before["web"]


def test_what_a_killed_child_leaves_behind_is_cleared_away(parent):
    parent.start(worker=HAS_A_CHILD)
    until(parent.pids)
    pid = parent.pids()["worker"]

    os.kill(pid, signal.SIGKILL)

    until(lambda: group_is_gone(pid))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything_cleanly(parent, number):
    parent.start(web=SLEEPS, worker=SLEEPS)
    until(lambda: "began" in parent.log("web") and "began" in parent.log("worker"))
    pids = parent.pids().values()

    parent.process.send_signal(number)

    assert parent.process.wait(timeout=PATIENCE) == 0
    assert all(group_is_gone(pid) for pid in pids)


def test_a_child_that_does_not_listen_is_hurried(parent):
    parent.start(worker=DEAF_TO_TERM)
    until(lambda: "deaf" in parent.log("worker"))
    pid = parent.pids()["worker"]

    parent.process.terminate()

    assert parent.process.wait(timeout=PATIENCE) == 0
    assert group_is_gone(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tie a child to its parent")
def test_children_do_not_outlive_a_killed_parent(parent):
    parent.start(web=SLEEPS, worker=DEAF_TO_TERM)
    until(lambda: "began" in parent.log("web") and "deaf" in parent.log("worker"))
    pids = parent.pids().values()

    parent.process.kill()

    until(lambda: all(group_is_gone(pid) for pid in pids))


@pytest.mark.slow
def test_a_child_that_cannot_live_stops_everything_with_a_sentence(parent):
    parent.start(web=SLEEPS, worker="raise SystemExit(7)")
    until(lambda: parent.pids().get("web"))
    web = parent.pids()["web"]

    _, said = parent.process.communicate(timeout=PATIENCE)

    assert parent.process.returncode == 1
    assert "The worker process ended with exit code 7 again and again" in said
    assert group_is_gone(web)
