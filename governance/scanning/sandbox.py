"""Scanning a file in a process of its own, and believing nothing that this process says without looking at it."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from governance.scanning.engine import rules
from governance.scanning.engine.budget import Budget
from governance.scanning.engine.collector import make_finding
from governance.scanning.engine.report import Report
from governance.scanning.engine.report_json import InvalidReport, parse_report
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.verdict import Verdict
from governance.scanning.isolation import CPU_SECONDS, MEASURES

MAX_OUTPUT = 1024 * 1024
"""Bytes; whatever says more is not listened to."""
WALL_SECONDS = 300.0
SLOWEST = 20_000_000
"""Bytes a second that are read and hashed on a slow machine; a scan may take as long as that takes for the whole file."""
_CHILD = Path(__file__).with_name("child.py")
_POLL_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class ScanOutcome:
    """A report, which measures of isolation held while it was made, and how long it took."""

    report: Report
    isolation: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


class _Failed(Exception):
    """The child gave no answer that can be believed; the message says why, for a person."""


def scan_file(
    source: str | os.PathLike[str] | int,
    *,
    sha256: str | None,
    budget: Budget | None = None,
    wall_seconds: float = WALL_SECONDS,
) -> ScanOutcome:
    """Scan a path or an open descriptor in an isolated process.

    ``wall_seconds`` is for a small file; each ``SLOWEST`` bytes give it one more. Raises OSError when the file cannot be
    opened. Whatever goes wrong after that is a report with the verdict ``error``; so are bytes whose SHA-256 is not the
    expected one.
    """
    started = time.monotonic()
    with _opened(source) as fd:
        size = os.fstat(fd).st_size
        try:
            order = _order(fd, budget or Budget(), size)
            output = _run(fd, order, started + wall_seconds + reading_seconds(size))
            report, isolation = _parse(output, size)
        except _Failed as reason:
            report, isolation = _failure(str(reason), sha256 or "", size), {}
    if sha256 is not None and report.sha256 != sha256:
        report = _with_finding(
            report, rules.scans.NOT_THE_UPLOAD, f"Expected {sha256}, found {report.sha256}."
        )
    return ScanOutcome(report, isolation, time.monotonic() - started)


@contextlib.contextmanager
def _opened(source: str | os.PathLike[str] | int) -> Iterator[int]:
    """A descriptor of its own that can only be read from, and is a regular file."""
    path = f"/proc/self/fd/{source}" if isinstance(source, int) else source
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(f"not a regular file: {source}")
        yield fd
    finally:
        os.close(fd)


def reading_seconds(size: int) -> int:
    """How long a scan may take more than that of a small file, by the clock and by the processor."""
    return size // SLOWEST


def _order(fd: int, budget: Budget, size: int) -> str:
    seconds = CPU_SECONDS + reading_seconds(size)
    return json.dumps({"fd": fd, "budget": budget.as_json(), "cpu_seconds": seconds})


def _run(fd: int, order: str, deadline: float) -> bytes:
    """What the child printed; raises _Failed when it was stopped, crashed or said too much."""
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
            [sys.executable, "-I", "-B", "-X", "utf8", str(_CHILD), order],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(fd,),
            env={},
            cwd=folder,
            start_new_session=True,
        )
        try:
            output = _listen(process, deadline)
            _await_end(process, deadline)
        finally:
            _end_group(process)
    if process.returncode:
        raise _Failed(_why_it_ended(process.returncode))
    return output


def _listen(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    assert process.stdout is not None
    pieces: list[bytes] = []
    length = 0
    with process.stdout as pipe, selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise _Failed("It took longer than a scan may take.")
            piece = os.read(pipe.fileno(), 64 * 1024)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            length += len(piece)
            if length > MAX_OUTPUT:
                raise _Failed("Its report was longer than a report may be.")


def _await_end(process: subprocess.Popen[bytes], deadline: float) -> None:
    """Until the child has ended, without taking its number away: the group is still to be ended by it."""
    options = os.WEXITED | os.WNOWAIT | os.WNOHANG
    while os.waitid(os.P_PID, process.pid, options) is None:
        if time.monotonic() > deadline:
            raise _Failed("It took longer than a scan may take.")
        time.sleep(_POLL_SECONDS)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _why_it_ended(code: int) -> str:
    if code == -signal.SIGXCPU:
        return "It used more computing time than a scan may use."
    if code < 0:
        name = signal.Signals(-code).name if -code in signal.valid_signals() else str(-code)
        return f"The scanner crashed by signal {name}."
    return f"The scanner ended with status {code}."


def _parse(output: bytes, size: int) -> tuple[Report, dict[str, str]]:
    """The report and the isolation in the child's answer; raises _Failed for any deviation."""
    try:
        answer = json.loads(output)
        if not isinstance(answer, dict) or set(answer) != {"report", "isolation"}:
            raise InvalidReport("the answer has other parts")
        report = parse_report(answer["report"])
        isolation = _isolation(answer["isolation"])
    except (ValueError, RecursionError) as reason:
        raise _Failed(f"The scanner's answer is not valid: {str(reason)[:120]}.") from None
    if report.size != size:
        raise _Failed("The scanner read a file of another size.")
    return report, isolation


def _isolation(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) != set(MEASURES):
        raise InvalidReport("the measures of isolation are others")
    for held in value.values():
        if not isinstance(held, str) or len(held) > 200 or not held.isprintable():
            raise InvalidReport("a measure of isolation is no text")
    return value


def _failure(reason: str, sha256: str, size: int) -> Report:
    empty = Report(Verdict.SAFE, (), (), (), {}, sha256, size, 0)
    return _with_finding(empty, rules.scans.SCAN_FAILED, reason)


def _with_finding(report: Report, rule: Rule, detail: str) -> Report:
    finding = make_finding(rule, detail=detail)
    return replace(
        report,
        verdict=max(report.verdict, finding.verdict),
        findings=(finding, *report.findings),
    )
