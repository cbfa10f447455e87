"""Pickle files, alone or in a row, and the old form of torch checkpoints that is made of five of them."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.analysers import torch_legacy
from governance.scanning.engine.pickle.machine import Ending
from governance.scanning.engine.pickle.streams import Stream
from governance.scanning.engine.reader import SliceReader
from governance.scanning.engine.subject import Subject


def analyse(subject: Subject) -> None:
    """Report what every stream would do, then what follows the last one."""
    found = subject.streams
    for stream in found.all:
        _report(subject, stream)
    first = found.streams[0].outcome
    if found.too_many:
        subject.add(
            rules.pickles.PICKLE_BUDGET, f"It has more than {len(found.streams):,} streams."
        )
    elif first.ending is Ending.BROKEN:
        subject.add(
            rules.pickles.BROKEN, f"At byte {first.offset:,} {first.reason}.", offset=first.offset
        )
    elif first.ending is Ending.BUDGET:
        subject.add(
            rules.pickles.PICKLE_BUDGET,
            f"At byte {first.offset:,} {first.reason}.",
            offset=first.offset,
        )
    elif found.is_torch:
        torch_legacy.analyse(subject)
    elif found.end < subject.reader.size:
        _trailing(subject)


def _report(subject: Subject, stream: Stream) -> None:
    for finding in stream.ledger.findings:
        subject.collector.add(finding)
    for one in stream.ledger.imports.values():
        subject.collector.add_import(one)
    for blob in stream.judge.nested.values():
        content = SliceReader(subject.reader, blob.offset, blob.length)
        subject.examine_inside(content, f"bytes at {blob.offset}")


def _trailing(subject: Subject) -> None:
    found = subject.streams
    count = subject.reader.size - found.end
    subject.add(
        rules.pickles.TRAILING,
        f"{count:,} bytes follow the end of the pickle at byte {found.end:,}; they are no pickle that can be read.",
        offset=found.end,
    )
    attempt = found.attempt
    if attempt is not None and attempt.outcome.ending is Ending.BUDGET:
        subject.add(
            rules.pickles.PICKLE_BUDGET, f"After byte {found.end:,} {attempt.outcome.reason}."
        )
