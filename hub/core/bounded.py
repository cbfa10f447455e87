"""Running a pure function over hostile bytes in a child process that cannot take more than it is given.

The child has an empty environment, no database, no settings and no open files but its pipes. It lowers its own limits
before it reads the first byte, so nothing hostile runs without them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_BOOT = """\
import resource, sys
root, module, function, seconds, memory = sys.argv[1:]
for limit, value in (
    (resource.RLIMIT_CPU, int(seconds)), (resource.RLIMIT_AS, int(memory)), (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 64),
):
    resource.setrlimit(limit, (value, value))
sys.path.insert(0, root)
work = getattr(__import__(module, fromlist=[function]), function)
sys.stdout.buffer.write(work(sys.stdin.buffer.read()))
"""
MEBIBYTE = 2**20


class OutOfBounds(Exception):
    """The child took too long, too much memory, or broke; ``reason`` says which in a few words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run_bounded(
    work: str,
    data: bytes,
    *,
    seconds: int,
    memory: int = 768 * MEBIBYTE,
    output: int = 16 * MEBIBYTE,
) -> bytes:
    """What ``work`` (``package.module:function``, bytes to bytes) makes of ``data``.

    ``seconds`` bounds both processor and wall time, ``memory`` the address space and ``output`` the answer, in bytes.
    Raises ``OutOfBounds``; the child is dead then.
    """
    module, _, function = work.partition(":")
    command = [
        sys.executable,
        "-I",
        "-c",
        _BOOT,
        str(ROOT),
        module,
        function,
        str(seconds),
        str(memory),
    ]
    with subprocess.Popen(  # noqa: S603 - our own interpreter with our own arguments
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
        start_new_session=True,
    ) as child:
        try:
            answer, _ = child.communicate(data, timeout=seconds + 1)
        except subprocess.TimeoutExpired:
            raise OutOfBounds(f"it took longer than {seconds} seconds") from None
        finally:
            _end(child)
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise OutOfBounds(f"it took longer than {seconds} seconds")
    if child.returncode != 0:
        raise OutOfBounds("it needed too much memory, or could not be read at all")
    if len(answer) > output:
        raise OutOfBounds("what came of it was too large")
    return answer


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
