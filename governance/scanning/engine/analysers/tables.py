"""Parquet, Arrow and TFRecord: followed to the last byte."""

from __future__ import annotations

from collections.abc import Callable

from governance.scanning.engine import rules
from governance.scanning.engine.cursor import Truncated
from governance.scanning.engine.flatbuffer import BadBuffer
from governance.scanning.engine.media.structure import LOOKED_AT, Broken, Unread, foreign
from governance.scanning.engine.reader import SliceReader
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.tables import arrow, parquet, records

_WALKS: dict[str, Callable[[Subject], int]] = {
    "parquet": parquet.walk,
    "arrow": arrow.file,
    "arrow-stream": arrow.stream,
    "tfrecord": records.walk,
}


def _analyse(subject: Subject, walk: Callable[[Subject], int]) -> None:
    try:
        end = walk(subject)
    except (Broken, BadBuffer) as reason:
        _broken(subject, str(reason))
    except Truncated:
        _broken(subject, "it breaks off")
    except Unread as reason:
        subject.add(rules.tables.TAB_UNREAD, f"It is {reason}.")
    else:
        if end < subject.reader.size:
            rest = SliceReader(subject.reader, end, subject.reader.size - end)
            text = f"{rest.size:,} bytes follow its end at byte {end:,}."
            subject.add(rules.tables.TAB_HIDDEN, text, offset=end)
            if subject.depth < subject.meter.budget.depth:
                subject.examine_inside(rest, f"(behind byte {end})")


def _broken(subject: Subject, reason: str) -> None:
    """Damage is an accident unless something else stands at its end."""
    size = subject.reader.size
    found = foreign(subject.reader.read_at(max(0, size - LOOKED_AT), LOOKED_AT))
    if found:
        subject.add(rules.tables.TAB_HIDDEN, f"It cannot be followed: {reason}. It holds {found}.")
    else:
        subject.add(rules.tables.TAB_BROKEN, f"It cannot be followed to its end: {reason}.")


def _analyser(walk: Callable[[Subject], int]) -> Callable[[Subject], None]:
    return lambda subject: _analyse(subject, walk)


ANALYSERS: dict[str, Callable[[Subject], None]] = {
    name: _analyser(walk) for name, walk in _WALKS.items()
}
