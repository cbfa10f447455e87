"""Telling text from bytes that only begin like it."""

from __future__ import annotations

import codecs

from governance.scanning.engine.reader import Reader

CHUNK = 1024 * 1024
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\b\x1b"))
_FEW = 200
"""One control character in this many bytes is still text; vocabularies hold some."""


def looks_like_text(head: bytes, *, whole: bool) -> bool:
    """Whether these bytes are UTF-8 without NUL and with hardly any control characters."""
    if b"\0" in head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls <= len(head) // _FEW + 1


def first_flaw(reader: Reader) -> int | None:
    """Where the bytes stop being UTF-8 text, to within one chunk; None when they are text to the end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for offset in range(0, reader.size, CHUNK):
        chunk = reader.read_at(offset, CHUNK)
        if b"\0" in chunk:
            return offset + chunk.index(b"\0")
        try:
            decoder.decode(chunk, final=offset + CHUNK >= reader.size)
        except UnicodeDecodeError as flaw:
            return offset + flaw.start
    return None
