"""What a process can still do after it has given up its rights. Each attempt runs in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from governance.scanning.isolation import MEASURES
from governance.scanning.seccomp import _AARCH64, _X86_64, assemble

ROOT = Path(__file__).parents[3]

PROGRAM = """
import ctypes, errno, json, mmap, os, socket, subprocess, sys, threading
sys.path.append({root!r})
from governance.scanning import isolation
held = isolation.isolate()
def attempt():
    {attempt}
try:
    attempt()
    outcome = "done"
except (OSError, MemoryError, RuntimeError, ValueError) as refused:
    outcome = "refused"
os.write(1, json.dumps([held, outcome]).encode())
os._exit(0)
"""


def after_isolation(attempt: str, folder: Path) -> tuple[dict[str, str], str]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM.format(root=str(ROOT), attempt=attempt)],
        cwd=folder,
        env={},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    held, outcome = json.loads(done.stdout)
    return held, outcome


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd')",
        "open('/proc/self/environ')",
        "open('note.txt', 'w')",
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "subprocess.run(['/bin/true'])",
        "threading.Thread(target=print).start()",
        "os.kill(os.getppid(), 0)",
        "os.listdir('/')",
        "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)",
        "os.setuid(0)",
        "bytearray(4 * 1024**3)",
    ],
)
def test_an_isolated_process_may_not(attempt, tmp_path):
    _, outcome = after_isolation(attempt, tmp_path)

    assert outcome == "refused"


def test_an_isolated_process_may_compute_and_write_to_what_is_open(tmp_path):
    _, outcome = after_isolation("bytearray(64 * 1024**2); os.write(2, b'x')", tmp_path)

    assert outcome == "done"


def test_root_gives_up_being_root(tmp_path):
    held, outcome = after_isolation("assert os.getuid() != 0", tmp_path)

    assert outcome == "done"
    assert held["unprivileged"] == "held" or os.geteuid() != 0


def test_every_measure_says_whether_it_held(tmp_path):
    held, _ = after_isolation("pass", tmp_path)

    assert set(held) == set(MEASURES)
    assert all(text == "held" or text.startswith("not held: ") for text in held.values())


@pytest.mark.parametrize("machine", [_X86_64, _AARCH64])
def test_every_jump_of_the_filter_lands_inside_it(machine):
    program = assemble(*machine)

    count = len(program) // 8
    for index in range(count):
        code, yes, no = program[index * 8], program[index * 8 + 2], program[index * 8 + 3]
        if code in (0x15, 0x45):
            assert index + 1 + max(yes, no) < count
