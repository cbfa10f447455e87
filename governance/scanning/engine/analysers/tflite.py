"""TensorFlow Lite models: a flat buffer of tables, and sometimes an archive of labels behind it."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.flatbuffers import Buffer, Malformed
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.telltales import telltales
from governance.scanning.engine.tflite.model import Model

SLACK = 4096
"""The options of operators are the only parts that are not followed; they stand between others."""
_MARK = b"TFL3"
_ARCHIVE, _ARCHIVE_END = b"PK\x03\x04", b"PK\x05\x06"
_TAIL = 66 * 1024


def analyse(subject: Subject) -> None:
    """Walk the tables, then look at what stands behind them."""
    buffer = Buffer(subject.reader, subject.meter)
    model = Model(buffer)
    try:
        model.walk()
    except Malformed as problem:
        subject.add(
            rules.tflite.TFL_BROKEN, f"At byte {problem.offset:,} {problem}.", offset=problem.offset
        )
    else:
        _behind(subject, buffer.reach)
    for rule, detail, offset in model.found:
        subject.add(rule, detail, offset=offset)
    for text, offset in model.texts:
        signs = telltales(text)
        if signs:
            subject.add(rules.tflite.TFL_TEXT, f"It holds {', '.join(signs)}.", offset=offset)
    subject.fact("tensors", model.tensors)


def front(subject: Subject) -> int:
    """Where an archive behind a model may begin at the latest; 0 when the file is no such model."""
    if subject.reader.read_at(4, 4) != _MARK:
        return 0
    buffer = Buffer(subject.reader, subject.meter)
    try:
        Model(buffer).walk()
    except Malformed:
        return 0
    return buffer.reach + SLACK


def _behind(subject: Subject, end: int) -> None:
    """The archive of labels is examined as the archive that it is; anything else has no business here."""
    left = subject.reader.size - end
    following = subject.reader.read_at(end, min(left, SLACK))
    if left <= SLACK and (left < 64 or not following.strip(b"\0")):
        return
    tail = subject.reader.read_at(max(end, subject.reader.size - _TAIL), _TAIL)
    if _ARCHIVE not in following or _ARCHIVE_END not in tail:
        subject.add(
            rules.tflite.TFL_TRAILING, f"{left:,} bytes follow the model's last part.", offset=end
        )
