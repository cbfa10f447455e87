"""The server that scanning processes are forked from: it may die, its client may die, and a fork gets one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from governance.scanning import children
from governance.scanning.children import NoScanner, forked
from governance.scanning.engine import Verdict
from governance.scanning.sandbox import scan_file

ROOT = Path(__file__).parents[3]
HANGS = "import time\ndef prepare():\n    pass\ndef main(order, fd):\n    time.sleep(600)\n"


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("text\n")
    return path


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def gone(pid: int) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] in "ZX":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.01)
    return False


def test_a_server_that_dies_is_nobodys_verdict_and_is_replaced(text, tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    child.write_text(HANGS)
    monkeypatch.setattr(children, "CHILD", child)

    def lose_the_server() -> None:
        with text.open() as file, forked(file.fileno(), {}) as running:
            os.kill(parent_of(running.pid), signal.SIGKILL)
            running.wait(time.monotonic() + 20)

    with pytest.raises(NoScanner):
        lose_the_server()

    with text.open() as file, forked(file.fileno(), {}) as running:
        assert running.status is None
    assert running.status == -signal.SIGKILL


def test_scans_of_one_process_share_a_server(text, tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    child.write_text(HANGS)
    monkeypatch.setattr(children, "CHILD", child)

    servers = []
    for _ in range(2):
        with text.open() as file, forked(file.fileno(), {}) as running:
            servers.append(parent_of(running.pid))

    assert servers[0] == servers[1]


def test_a_fork_of_a_worker_starts_a_server_of_its_own(text):
    scan_file(text, sha256=None)

    pid = os.fork()
    if pid == 0:
        verdict = scan_file(text, sha256=None).report.verdict
        os._exit(0 if verdict is Verdict.SAFE else 1)

    assert os.waitpid(pid, 0)[1] == 0
    assert scan_file(text, sha256=None).report.verdict is Verdict.SAFE


def test_server_and_child_go_when_their_client_is_killed(text, tmp_path):
    child = tmp_path / "child.py"
    child.write_text(HANGS)
    program = f"""
import os, sys
sys.path.append({str(ROOT)!r})
from pathlib import Path
from governance.scanning import children
children.CHILD = Path({str(child)!r})
with open({str(text)!r}) as file, children.forked(file.fileno(), {{}}) as running:
    print(running.pid, flush=True)
    os.read(running.pipe, 1)
"""
    client = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert client.stdout is not None
    pid = int(client.stdout.readline())
    server = parent_of(pid)

    client.kill()
    client.communicate()

    assert gone(server)
    assert gone(pid)
