"""Giving up rights, for good, before looking at bytes that somebody else made.

Called once in the child process, after everything it will ever import is imported. Each measure is tried by itself; which
ones held is part of every scan's record, because a container or an old kernel may refuse some.
"""

from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Callable

from governance.scanning.seccomp import refuse_other_calls

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 120
_NOBODY = 65534
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWNS, _CLONE_NEWUTS, _CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_NAMESPACES = _CLONE_NEWNS | _CLONE_NEWUTS | _CLONE_NEWIPC | _CLONE_NEWNET
HELD = "held"
MEASURES = (
    "limits",
    "namespaces",
    "empty_root",
    "unprivileged",
    "no_new_privileges",
    "not_dumpable",
    "system_calls",
)
"""In the order in which they are taken: each needs rights that a later one gives up."""


def isolate(cpu_seconds: int = CPU_SECONDS) -> dict[str, str]:
    """Take every measure, with so much computing time from here on; for each, "held" or why it did not."""
    libc = ctypes.CDLL(None, use_errno=True)
    steps: dict[str, Callable[[], None]] = {
        "limits": lambda: _limit(cpu_seconds),
        "namespaces": lambda: _unshare(libc),
        "empty_root": _leave_the_files,
        "unprivileged": _become_nobody,
        "no_new_privileges": lambda: _prctl(libc, _PR_SET_NO_NEW_PRIVS, 1),
        "not_dumpable": lambda: _prctl(libc, _PR_SET_DUMPABLE, 0),
        "system_calls": lambda: refuse_other_calls(libc),
    }
    return {name: _try(steps[name]) for name in MEASURES}


def _try(step: Callable[[], None]) -> str:
    try:
        step()
    except (OSError, ValueError) as reason:
        return f"not held: {reason}"[:200]
    return HELD


def _limit(cpu_seconds: int) -> None:
    for kind, wanted in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # a second between the two: the soft limit's signal says what happened, the hard one's only ends the process
        later = value + 1 if kind == resource.RLIMIT_CPU and value != hard else value
        resource.setrlimit(kind, (value, later))


def _unshare(libc: ctypes.CDLL) -> None:
    """No network, own mounts; whoever is not root needs a user namespace of its own for it."""
    flags = _NAMESPACES if os.geteuid() == 0 else _NAMESPACES | _CLONE_NEWUSER
    if libc.unshare(flags):
        raise OSError(ctypes.get_errno(), "unshare failed")


def _leave_the_files() -> None:
    """The working directory, which is empty, becomes the whole file system."""
    os.chroot(".")
    os.chdir("/")


def _become_nobody() -> None:
    if os.geteuid() != 0:
        return
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _prctl(libc: ctypes.CDLL, option: int, value: int) -> None:
    if libc.prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl failed")
