"""Packed streams: one file's bytes made smaller. What is inside is examined like a file of its own."""

from __future__ import annotations

from collections.abc import Callable

from governance.scanning.engine import rules
from governance.scanning.engine.archive.frames import Zstd
from governance.scanning.engine.archive.inflate import Unpacked
from governance.scanning.engine.archive.lz4 import Lz4
from governance.scanning.engine.archive.streams import Bzip2, Gzip, Lzma, Xz, Zlib
from governance.scanning.engine.archive.walk import Unusual, Walk
from governance.scanning.engine.reader import Reader, SliceReader
from governance.scanning.engine.subject import Subject

INSIDE = "(unpacked)"
"""How what a stream holds is called in findings."""

_WALKS: dict[str, type[Walk]] = {
    "gzip": Gzip,
    "zlib": Zlib,
    "bzip2": Bzip2,
    "xz": Xz,
    "lzma": Lzma,
    "zstd": Zstd,
    "lz4": Lz4,
}


def _analyse(subject: Subject, walk: type[Walk]) -> None:
    """Unpack within bounds, examine what came out even when it breaks off, and account for every byte."""
    if subject.depth >= subject.meter.budget.depth:
        subject.add(
            rules.containers.ARC_DEPTH, f"Archives are followed {subject.meter.budget.depth} deep."
        )
        return
    try:
        unpacked = Unpacked(walk(subject.reader, subject.meter))
    except Unusual as reason:
        subject.add(rules.containers.ARC_UNUSUAL, f"It cannot be unpacked: {reason}.")
        return
    if unpacked.flaw:
        subject.add(rules.containers.ARC_BROKEN, f"It cannot be unpacked: {unpacked.flaw}.")
    elif unpacked.unused:
        behind(subject, subject.reader.size - unpacked.unused)
    if unpacked.reader.size or not unpacked.flaw:
        subject.examine_inside(unpacked.reader, INSIDE)


def behind(subject: Subject, end: int) -> None:
    """Report what follows the end of an archive, and examine it."""
    rest: Reader = SliceReader(subject.reader, end, subject.reader.size - end)
    subject.add(
        rules.containers.ARC_TRAILING,
        f"{rest.size:,} bytes follow its end at byte {end:,}; programs that unpack it leave them out.",
        offset=end,
    )
    subject.examine_inside(rest, f"(behind byte {end})")


def _analyser(walk: type[Walk]) -> Callable[[Subject], None]:
    return lambda subject: _analyse(subject, walk)


ANALYSERS: dict[str, Callable[[Subject], None]] = {
    name: _analyser(walk) for name, walk in _WALKS.items()
}
