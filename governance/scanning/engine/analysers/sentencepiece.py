"""SentencePiece models: every field is followed, and nothing but what the format knows is let pass."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.media.structure import watch
from governance.scanning.engine.sentencepiece import (
    DENORMALIZER,
    NORMALIZER,
    PIECE,
    SELF_TEST,
    TRAINER,
    BadModel,
    Field,
    check_piece,
    fields,
)
from governance.scanning.engine.subject import Subject

_LONGEST = 64 * 1024 * 1024
_PARTS = {TRAINER: "training", NORMALIZER: "normalizing", DENORMALIZER: "writing out"}
_BYTES = 2


def analyse(subject: Subject) -> None:
    """Follow the whole message."""
    if subject.reader.size > _LONGEST:
        subject.add(rules.tables.TAB_UNREAD, f"It is longer than {_LONGEST:,} bytes.")
        return
    try:
        _walk(subject, subject.reader.read_at(0, subject.reader.size))
    except BadModel as reason:
        subject.add(
            rules.tables.TAB_BROKEN, f"The SentencePiece model cannot be followed: {reason}."
        )


def _walk(subject: Subject, data: bytes) -> None:
    seen: set[int] = set()
    for field in fields(data):
        if field.wire != _BYTES:
            raise BadModel("it has a part that models do not have")
        if field.number == PIECE:
            check_piece(field.content)
            continue
        if field.number in seen:
            raise BadModel("it describes something twice")
        seen.add(field.number)
        _part(subject, field)
    if not {TRAINER, NORMALIZER} <= seen:
        raise BadModel("it does not say how it was trained, or how text is prepared for it")


def _part(subject: Subject, field: Field) -> None:
    """One of the descriptions beside the pieces."""
    if field.number not in _PARTS and field.number != SELF_TEST:
        raise BadModel("it has a part that models do not have")
    for inner in fields(field.content):
        if field.number == SELF_TEST:
            list(fields(inner.content))
        else:
            part = f"Its description of {_PARTS[field.number]}"
            watch(subject, inner.content, 0, part)
