"""PDF documents: what only shows itself is ordinary; what acts, carries files or hides something is not."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.media.structure import LOOKED_AT, Broken, Unread, foreign
from governance.scanning.engine.pdf.document import Document, read
from governance.scanning.engine.pdf.judging import is_harmless_opening, judge, opening_reference
from governance.scanning.engine.subject import Subject

_LONGEST = 64 * 1024 * 1024
_TELLING = 20
"""Findings of one document that are told one by one."""


def analyse(subject: Subject) -> None:
    """Walk through the document and judge every value in it."""
    if subject.reader.size > _LONGEST:
        subject.add(rules.documents.PDF_UNREAD, f"It is longer than {_LONGEST:,} bytes.")
        return
    data = subject.reader.read_at(0, subject.reader.size)
    try:
        document = read(data, subject.meter)
    except Broken as reason:
        _broken(subject, data, str(reason))
        return
    except Unread as reason:
        subject.add(rules.documents.PDF_UNREAD, f"It is {reason}.")
        return
    if document.front:
        subject.add(
            rules.documents.PDF_HIDDEN, f"{document.front:,} bytes stand in front of it.", offset=0
        )
    if document.is_locked:
        subject.add(rules.documents.PDF_LOCKED, "Its text and pictures are encrypted.")
    _judge(subject, document)


def _judge(subject: Subject, document: Document) -> None:
    openings: set[int] = set()
    told: set[str] = set()
    for place, _, value in document.values:
        opening = opening_reference(value)
        openings |= {opening} if opening is not None else set()
        for rule, text in judge(value):
            if text not in told and len(told) < _TELLING:
                subject.add(rule, text, offset=place)
            told.add(text)
    for place, number, value in document.values:
        if number in openings and not is_harmless_opening(value):
            text = "It does more on opening than show a page."
            subject.add(rules.documents.PDF_ACTION, text, offset=place)


def _broken(subject: Subject, data: bytes, reason: str) -> None:
    """Readers mend broken documents, so what acts is looked for by its words all the same."""
    found = _words(data)
    code = foreign(data[:LOOKED_AT]) or foreign(data[-LOOKED_AT:])
    if found:
        text = f"It is damaged ({reason}), and readers that mend it find /{found}."
        subject.add(rules.documents.PDF_SCRIPT, text)
    elif code:
        text = f"It cannot be followed: {reason}. It holds {code}."
        subject.add(rules.documents.PDF_HIDDEN, text)
    else:
        subject.add(rules.documents.PDF_BROKEN, f"It cannot be followed: {reason}.")


def _words(data: bytes) -> str:
    for word in (b"JavaScript", b"JS", b"Launch", b"EmbeddedFile", b"RichMedia", b"SubmitForm"):
        at = data.find(b"/" + word)
        if at >= 0 and not data[at + 1 + len(word) : at + 2 + len(word)].isalnum():
            return word.decode()
    return ""
