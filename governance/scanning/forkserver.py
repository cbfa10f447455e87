"""The process that other processes are forked from, one for each file: ``python -I forkserver.py CHILD SOCKET``.

Starting an interpreter and importing the engine takes far longer than reading a small file. This process does both once,
reads nothing that anybody uploaded, and forks; only the fork gives up its rights and looks at bytes. It serves one client,
``sandbox``, over a Unix socket, one file at a time:

1. The client sends an order as JSON, and with it three descriptors: the file, a pipe for the answer, an empty folder.
2. It answers with the number of the forked process, and once more with how that process ended.
3. Only the client's next message lets it take the ended process off the list of processes. Until then the number belongs to
   nobody else, so the client can end the whole group by it without meeting a stranger.

It ends, with whatever it forked, when its client is gone.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import select
import signal
import socket
import sys
from types import ModuleType

MAX_MESSAGE = 64 * 1024
DESCRIPTORS = 3


def main(child_path: str, number: str) -> None:
    """Serve until the client hangs up."""
    client = socket.socket(fileno=int(number))
    child = _loaded(child_path)
    child.prepare()
    gc.collect()
    gc.freeze()  # so that forks share these pages instead of copying them
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(client, MAX_MESSAGE, DESCRIPTORS)
        if not message:
            return
        order = json.loads(message)
        pid = os.fork()
        if pid == 0:
            client.close()
            _become(child, order, *descriptors)
        os.setpgid(pid, pid)
        for descriptor in descriptors:
            os.close(descriptor)
        if not _see_out(client, pid):
            return


def _loaded(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scanner_child", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _become(
    child: ModuleType, order: dict[str, object], file: int, answer: int, folder: int
) -> None:
    """Go on as the process for one file, in a group of its own; never returns."""
    code = 1
    try:
        os.setpgid(0, 0)
        os.fchdir(folder)
        os.close(folder)  # an open folder would be a way out of the empty root
        os.dup2(answer, 1)
        os.close(answer)
        child.main(order, file)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(code)


def _see_out(client: socket.socket, pid: int) -> bool:
    """Report the process and its end, and take it away when the client says so; whether the client is still there."""
    watched = os.pidfd_open(pid)
    try:
        client.sendall(_line({"pid": pid}))
        ready, _, _ = select.select([watched, client.fileno()], [], [])
        if watched not in ready:  # the client speaks only after the end: so it has hung up
            return False
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        exited = ended.si_code == os.CLD_EXITED
        client.sendall(_line({"status": ended.si_status if exited else -ended.si_status}))
        return bool(client.recv(1))
    except BrokenPipeError:
        return False
    finally:
        os.close(watched)
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _line(value: dict[str, int]) -> bytes:
    return json.dumps(value).encode() + b"\n"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
