"""Files of MATLAB up to version 7.2: followed to the last byte. Version 7.3 is HDF5."""

from __future__ import annotations

from collections.abc import Callable

from governance.scanning.engine import rules
from governance.scanning.engine.archive.walk import Unusual
from governance.scanning.engine.matfile import version4, version5
from governance.scanning.engine.matfile.text import Heard
from governance.scanning.engine.media.structure import Broken
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.subject import Subject


def _analyse(subject: Subject, walk: Callable[[Heard, Reader], None]) -> None:
    heard = Heard(subject)
    try:
        walk(heard, subject.reader)
    except Broken as reason:
        subject.add(rules.matlab.BROKEN, f"It cannot be followed to its end: {reason}.")
    except Unusual as reason:
        subject.add(rules.matlab.UNREAD, f"It cannot be unpacked: {reason}.")
    heard.finish()


ANALYSERS: dict[str, Callable[[Subject], None]] = {
    "matlab": lambda subject: _analyse(subject, version5.walk),
    "matlab-4": lambda subject: _analyse(subject, version4.walk),
}
