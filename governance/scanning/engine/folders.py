"""Files below a folder, for the command line: whatever stands there gets a report, readable or not.

A link to a file is read through, because that is what a program that loads the folder does; its report says that it is a link.
Links to folders are not followed, and pipes, sockets and devices are never opened for reading.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from governance.scanning.engine import rules
from governance.scanning.engine.collector import make_finding
from governance.scanning.engine.report import Report
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.scanner import scan

NO_DIGEST = ""
"""In place of the SHA-256 of what could not be read."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a folder, and why it cannot be read if that is known already."""

    path: Path
    trouble: str = ""


def places(root: Path) -> Iterator[Place]:
    """Everything that is no folder, in a steady order; git's own folder is left out."""
    if not root.is_dir():
        yield Place(root)
        return
    troubles: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=troubles.append):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = sorted(name for name in folders if name != ".git" and name not in links)
        for name in sorted([*names, *links]):
            yield Place(Path(folder, name))
    for trouble in troubles:
        yield Place(Path(os.fsdecode(trouble.filename or root)), trouble.strerror or "no reason")


def scan_place(place: Place) -> Report:
    """The report on one place; never raises for what stands there."""
    if place.trouble:
        return _without_bytes(rules.scans.SCAN_UNREAD, f"It could not be opened: {place.trouble}.")
    try:
        is_link = place.path.is_symlink()
        if is_link and not place.path.is_file():
            target = str(place.path.readlink())
            text = f"It is a link to {target!r}, which is no file; it was not followed."
            return _without_bytes(rules.scans.SCAN_LINK, text)
        report = _scan_file(place.path)
    except OSError as trouble:
        reason = trouble.strerror or type(trouble).__name__
        return _without_bytes(rules.scans.SCAN_UNREAD, f"It could not be read: {reason}.")
    return replace(report, facts={**report.facts, "link": True}) if is_link else report


def _scan_file(path: Path) -> Report:
    """Opening must not wait for the other end of a pipe."""
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            text = "It is a pipe, a socket or a device, and no file."
            return _without_bytes(rules.scans.SCAN_UNREAD, text)
        return scan(fd)
    finally:
        os.close(fd)


def _without_bytes(rule: Rule, detail: str) -> Report:
    finding = make_finding(rule, detail=detail)
    return Report(finding.verdict, (), (finding,), (), {}, NO_DIGEST, 0, 0)
