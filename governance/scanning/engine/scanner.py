"""One scan of one file's bytes: identify, analyse, digest, report."""

from __future__ import annotations

import hashlib

from governance.scanning.engine import rules
from governance.scanning.engine.analysers import analyse, raw_secrets
from governance.scanning.engine.budget import Budget, BudgetExceeded, Meter
from governance.scanning.engine.collector import Collector, make_finding
from governance.scanning.engine.identify import identify
from governance.scanning.engine.pickle.streams import Streams, run_streams
from governance.scanning.engine.reader import FdReader, Reader
from governance.scanning.engine.report import Report
from governance.scanning.engine.subject import Subject

MAX_DEPTH = 16
"""Of whatever lies in one another; archives have a lower limit of their own."""
_HASH_STEP = 1024 * 1024


def scan(source: int | Reader, *, budget: Budget | None = None) -> Report:
    """Scan the content behind an open file descriptor or a reader. The file's name plays no part.

    Never raises for what the bytes hold: a file that cannot be followed to its end is reported as ``error``.
    """
    reader = FdReader(source) if isinstance(source, int) else source
    collector = Collector()
    scanning = _Scan(collector, Meter(budget or Budget(), reader.size))
    try:
        scanning.examine(reader, "", 0)
    except BudgetExceeded as reason:
        collector.add(make_finding(rules.scans.SCAN_BUDGET, detail=f"The scan stopped: {reason}."))
    except Exception as flaw:  # noqa: BLE001 - whatever is wrong in an analyser, the verdict must not be safe
        detail = f"An analyser stopped with {type(flaw).__name__}; what was found before counts."
        collector.add(make_finding(rules.scans.SCAN_FAILED, detail=detail))
    bytes_read = reader.bytes_read
    return collector.report(sha256=digest(reader), size=reader.size, bytes_read=bytes_read)


class _Scan:
    """The state that all parts of one scan share."""

    def __init__(self, collector: Collector, meter: Meter) -> None:
        self._collector = collector
        self._meter = meter

    def examine(self, reader: Reader, where: str, depth: int) -> Streams:
        """Find out what the bytes are and run every analyser that fits."""
        if depth > MAX_DEPTH:
            raise BudgetExceeded(f"files lie more than {MAX_DEPTH} deep in one another")
        streams = run_streams(reader, where, self._meter)
        names = identify(reader, streams)
        subject = Subject(reader, where, depth, self._meter, self._collector, streams, self.examine)
        for name in names:
            subject.also(name)
        for name in names:
            analyse(subject, name)
        raw_secrets.look(subject, names)
        return streams


def digest(reader: Reader) -> str:
    """The SHA-256 of all bytes, in hexadecimal."""
    hashing = hashlib.sha256()
    for offset in range(0, reader.size, _HASH_STEP):
        hashing.update(reader.read_at(offset, _HASH_STEP))
    return hashing.hexdigest()
