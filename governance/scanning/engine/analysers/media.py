"""Pictures, sound, film and fonts: each is followed to its last byte, and only then nothing is said."""

from __future__ import annotations

from collections.abc import Callable

from governance.scanning.engine import rules
from governance.scanning.engine.cursor import Truncated
from governance.scanning.engine.media import (
    bitmaps,
    boxes,
    flac,
    fonts,
    gif,
    jpeg,
    matroska,
    mp3,
    netpbm,
    ogg,
    png,
    riff,
    sounds,
    tiff,
)
from governance.scanning.engine.media.structure import LOOKED_AT, Broken, Unread, foreign
from governance.scanning.engine.reader import SliceReader
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.text import looks_like_text

_WALKS: dict[str, Callable[[Subject], int]] = {
    "png": png.walk,
    "jpeg": jpeg.walk,
    "gif": gif.walk,
    "webp": riff.webp,
    "wav": riff.wav,
    "bmp": bitmaps.bmp,
    "ico": bitmaps.ico,
    "tiff": tiff.walk,
    "netpbm": netpbm.walk,
    "aiff": sounds.aiff,
    "au": sounds.au,
    "caf": sounds.caf,
    "flac": flac.walk,
    "ogg": ogg.walk,
    "mp3": mp3.walk,
    "mp4": boxes.walk,
    "matroska": matroska.walk,
    "font": fonts.font,
    "font-collection": fonts.collection,
    "woff": fonts.woff,
    "woff2": fonts.woff2,
}


def _analyse(subject: Subject, walk: Callable[[Subject], int]) -> None:
    try:
        end = walk(subject)
    except Truncated:
        _broken(subject, "it breaks off")
    except Broken as reason:
        _broken(subject, str(reason))
    except Unread as reason:
        if _code(subject):
            _broken(subject, f"it is {reason}")
        else:
            subject.add(rules.media.MED_UNREAD, f"It is {reason}.")
    else:
        if end < subject.reader.size:
            _behind(subject, end)


def _broken(subject: Subject, reason: str) -> None:
    """Damage is an accident unless something else stands there."""
    found = _code(subject)
    if found:
        detail = f"It begins as what it is not: {reason}, and it holds {found}."
        subject.add(rules.media.MED_DISGUISE, detail)
    else:
        subject.add(rules.media.MED_BROKEN, f"It cannot be followed to its end: {reason}.")


def _code(subject: Subject) -> str:
    """What stands at the beginning or end that has no business in a picture."""
    reader = subject.reader
    head = reader.read_at(0, LOOKED_AT)
    tail = reader.read_at(max(0, reader.size - LOOKED_AT), LOOKED_AT)
    is_text = looks_like_text(head[:4096], whole=len(head) <= 4096)
    return foreign(head) or foreign(tail) or "text" * is_text


def _behind(subject: Subject, end: int) -> None:
    """What follows the end is shown by no program, and may be another file altogether."""
    rest = SliceReader(subject.reader, end, subject.reader.size - end)
    subject.add(
        rules.media.MED_TRAILING,
        f"{rest.size:,} bytes follow its end at byte {end:,}.",
        offset=end,
    )
    if subject.depth < subject.meter.budget.depth:
        subject.examine_inside(rest, f"(behind byte {end})")


def _analyser(walk: Callable[[Subject], int]) -> Callable[[Subject], None]:
    return lambda subject: _analyse(subject, walk)


ANALYSERS: dict[str, Callable[[Subject], None]] = {
    name: _analyser(walk) for name, walk in _WALKS.items()
}
