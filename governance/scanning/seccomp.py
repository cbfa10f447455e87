"""A list of the few system calls that reading and reporting need; the kernel refuses all others.

The filter is classic BPF, assembled by hand because nothing may be installed for it. See seccomp(2) and the kernel's
Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

_PR_SET_SECCOMP = 22
_MODE_FILTER = 2
_LOAD, _JUMP_EQUAL, _JUMP_SET, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_NUMBER, _ARCHITECTURE, _THIRD_ARGUMENT = 0, 4, 32
"""Where these stand in struct seccomp_data; the low half of an argument on little-endian machines."""
_PROT_EXEC = 4

_CALLS = (
    "read write close fstat lseek brk munmap mremap madvise futex rt_sigaction rt_sigprocmask rt_sigreturn "
    "pread64 sched_yield getpid gettid exit exit_group restart_syscall clock_gettime clock_nanosleep tgkill "
    "sigaltstack getrandom newfstatat"
)
_MAPPING = ("mmap", "mprotect")
"""Allowed, but not for memory that can be executed."""
_X86_64 = (
    0xC000003E,
    (
        "read 0 write 1 close 3 fstat 5 lseek 8 mmap 9 mprotect 10 munmap 11 brk 12 rt_sigaction 13 "
        "rt_sigprocmask 14 rt_sigreturn 15 pread64 17 sched_yield 24 mremap 25 madvise 28 getpid 39 exit 60 "
        "sigaltstack 131 gettid 186 futex 202 restart_syscall 219 clock_gettime 228 clock_nanosleep 230 "
        "exit_group 231 tgkill 234 newfstatat 262 getrandom 318"
    ),
)
_AARCH64 = (
    0xC00000B7,
    (
        "close 57 lseek 62 read 63 write 64 pread64 67 newfstatat 79 fstat 80 exit 93 exit_group 94 futex 98 "
        "clock_gettime 113 clock_nanosleep 115 sched_yield 124 restart_syscall 128 tgkill 131 sigaltstack 132 "
        "rt_sigaction 134 rt_sigprocmask 135 rt_sigreturn 139 getpid 172 gettid 178 brk 214 munmap 215 mremap 216 "
        "mmap 222 mprotect 226 madvise 233 getrandom 278"
    ),
)
_MACHINES = {"x86_64": _X86_64, "aarch64": _AARCH64, "arm64": _AARCH64}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def refuse_other_calls(libc: ctypes.CDLL) -> None:
    """Install the filter for this process, for good; raises OSError where the kernel will not."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(errno.ENOSYS, f"no list of system calls for {platform.machine()}")
    program = assemble(*machine)
    buffer = ctypes.create_string_buffer(program, len(program))
    packed = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(packed), 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_SECCOMP) failed")


def assemble(architecture: int, table: str) -> bytes:
    """The filter for one machine: eight bytes for each instruction."""
    words = table.split()
    numbers = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    allowed = [numbers[name] for name in _CALLS.split()]
    mapping = [numbers[name] for name in _MAPPING]
    head = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    # after all comparisons: refuse, allow, then the look at the protection that a mapping asks for
    count = len(mapping) + len(allowed)
    body = [
        (_JUMP_EQUAL, count - index - 1 + (2 if number in mapping else 1), 0, number)
        for index, number in enumerate(mapping + allowed)
    ]
    tail = [
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, _THIRD_ARGUMENT),
        (_JUMP_SET, 0, 1, _PROT_EXEC),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("<HBBI", *one) for one in head + body + tail)
