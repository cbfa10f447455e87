"""Scanning a file in a process of its own, and believing nothing that this process says without looking at it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from governance.scanning.children import TooSlow, await_bytes, forked
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
    opened, and NoScanner when no process could be started for it. Whatever goes wrong after that is a report with the verdict ``error``; so are bytes whose SHA-256 is not the
    expected one.
    """
    started = time.monotonic()
    with _opened(source) as fd:
        size = os.fstat(fd).st_size
        try:
            order = _order(budget or Budget(), size)
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


def _order(budget: Budget, size: int) -> dict[str, object]:
    return {"budget": budget.as_json(), "cpu_seconds": CPU_SECONDS + reading_seconds(size)}


def _run(fd: int, order: dict[str, object], deadline: float) -> bytes:
    """What the child printed; raises _Failed when it was stopped, crashed or said too much, NoScanner when none started."""
    try:
        with forked(fd, order) as running:
            output = _listen(running.pipe, deadline)
            status = running.wait(deadline)
    except TooSlow:
        raise _Failed("It took longer than a scan may take.") from None
    if status:
        raise _Failed(_why_it_ended(status))
    return output


def _listen(pipe: int, deadline: float) -> bytes:
    pieces: list[bytes] = []
    length = 0
    while True:
        await_bytes(pipe, deadline)
        piece = os.read(pipe, 64 * 1024)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        length += len(piece)
        if length > MAX_OUTPUT:
            raise _Failed("Its report was longer than a report may be.")


def _why_it_ended(code: int) -> str:
    if code == -signal.SIGXCPU:
        return "It used more computing time than a scan may use."
    if code == -signal.SIGKILL:  # by the kernel, for which there are two reasons
        return "It was ended for using more memory or computing time than a scan may use."
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
