"""Pickle files, alone or in a row, and the old form of torch checkpoints that is made of five of them."""

from __future__ import annotations

from itertools import islice

from governance.scanning.engine import rules
from governance.scanning.engine.analysers import torch_legacy
from governance.scanning.engine.pickle.glimpse import denied_names
from governance.scanning.engine.pickle.machine import Ending
from governance.scanning.engine.pickle.streams import Stream
from governance.scanning.engine.pickle.values import Blob, Encoded, LongText
from governance.scanning.engine.reader import BytesReader, SliceReader
from governance.scanning.engine.subject import Subject

_GLIMPSES = 20
_MAX_ENCODED = 64 * 1024 * 1024


def analyse(subject: Subject) -> None:
    """Report what every stream would do, then what follows the last one."""
    found = subject.streams
    for stream in found.all:
        _report(subject, stream)
    _glimpse(subject)
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


def _glimpse(subject: Subject) -> None:
    """Where a stream could not be followed, look at what the rest spells."""
    last = subject.streams.all[-1].outcome
    if last.ending is Ending.STOP:
        return
    for offset, name in islice(denied_names(subject.reader, last.end), _GLIMPSES):
        subject.add(
            rules.pickles.DENIED_IMPORT,
            f"The stream cannot be followed that far, but at byte {offset:,} it names {name}.",
            offset=offset,
        )


def _report(subject: Subject, stream: Stream) -> None:
    for finding in stream.ledger.findings:
        subject.collector.add(finding)
    for one in stream.ledger.imports.values():
        subject.collector.add_import(one)
    for nested in stream.judge.nested.values():
        if isinstance(nested, Blob):
            content = SliceReader(subject.reader, nested.offset, nested.length)
            subject.examine_inside(content, f"bytes at {nested.offset}")
        else:
            _report_encoded(subject, nested)


def _report_encoded(subject: Subject, nested: Encoded) -> None:
    """Old protocols have no bytes; they store a character for each."""
    offset = nested.text.offset if isinstance(nested.text, LongText) else None
    try:
        content = _encoded(subject, nested)
    except ValueError:
        subject.add(
            rules.pickles.NESTED_UNREAD,
            "The pickle loads another file from text that cannot be turned into bytes.",
            offset=offset,
        )
        return
    where = "bytes in a text" if offset is None else f"bytes in the text at {offset}"
    subject.examine_inside(BytesReader(content), where)


def _encoded(subject: Subject, nested: Encoded) -> bytes:
    """The bytes that a text stands for; raises ValueError when it stands for none, or for too many."""
    text = nested.text
    if isinstance(text, LongText):
        if text.offset < 0 or text.length > _MAX_ENCODED:
            raise ValueError(text.length)
        subject.meter.spend_inflated(text.length)
        text = subject.reader.read_at(text.offset, text.length).decode(text.encoding)
    return text.encode(nested.encoding)


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
