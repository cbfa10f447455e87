"""Telling text from bytes that only begin like it, and reading it as its own programs would."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from governance.scanning.engine.reader import Reader

CHUNK = 1024 * 1024
LONGEST = 4 * CHUNK
"""Bytes of a text that are looked at as a whole; what follows is searched piece by piece."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\b\x1b"))
_FEW = 200
"""One control character in this many bytes is still text; vocabularies hold some."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = "cp1252"
_UNUSED = b"\x81\x8d\x8f\x90\x9d"
"""Bytes that mean nothing in Windows' old alphabet of Western Europe, which is what unmarked old text is read as."""
_PLAIN_BYTES = "latin-1"
_EASTERN = ("gbk", "big5", "shift_jis", "euc_jp", "euc_kr")
"""Old alphabets of East Asia; what is written in one is searched byte by byte, so that no letter of ASCII hides in another."""
_EASTERN_LETTERS = re.compile(
    "[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff9f\u2010-\u2026\u2460-\u2473\xd7\xf7\xb1\xb0\u2032\u2033]+"
)
_FEWEST = 8
_LETTERS = bytes(
    set(range(0xC0, 0x100))
    | set(b"\x80\x85\x91\x92\x93\x94\x96\x97\xa0\xa7\xa9\xab\xae\xb0\xb4\xb7\xbb")
)


def looks_like_text(head: bytes, *, whole: bool) -> bool:
    """Whether these bytes are UTF-8 without NUL and with hardly any control characters."""
    if b"\0" in head:
        return False
    return _decodes(head, "utf-8", whole=whole) and not _is_noisy(head)


def encoding_of(head: bytes, *, whole: bool) -> str | None:
    """The encoding of what looks like text: UTF-8, marked UTF-16 or UTF-32, or one byte for each letter."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name if _is_wide_text(head, name, whole=whole) else None
    if looks_like_text(head, whole=whole):
        return "utf-8"
    if _is_one_byte_text(head):
        return _ONE_BYTE
    return _PLAIN_BYTES if _is_eastern_text(head, whole=whole) else None


def first_flaw(reader: Reader, encoding: str = "utf-8") -> int | None:
    """Where the bytes stop being text, to within one chunk; None when they are text to the end."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for offset in range(0, reader.size, CHUNK):
        chunk = reader.read_at(offset, CHUNK)
        if b"\0" in chunk and encoding in ("utf-8", _ONE_BYTE, _PLAIN_BYTES):
            return offset + chunk.index(b"\0")
        if encoding == _PLAIN_BYTES and _is_noisy(chunk):
            return offset
        try:
            text = decoder.decode(chunk, final=offset + CHUNK >= reader.size)
        except UnicodeDecodeError as flaw:
            return offset + flaw.start
        if "\0" in text:
            return offset
    return None


def encoding_to_the_end(reader: Reader) -> tuple[str, int | None]:
    """The encoding of a text, and where it breaks, if it does.

    What begins as ASCII may go on in an old alphabet; that is text, too, as long as nothing but letters comes.
    """
    head = reader.read_at(0, CHUNK)
    encoding = encoding_of(head, whole=len(head) == reader.size) or "utf-8"
    flaw = first_flaw(reader, encoding)
    if flaw is None or encoding != "utf-8":
        return encoding, flaw
    pieces = (
        reader.read_at(offset, CHUNK) for offset in range(flaw - flaw % CHUNK, reader.size, CHUNK)
    )
    return (_ONE_BYTE, None) if all(map(_is_one_byte_text, pieces)) else (encoding, flaw)


def beginning(reader: Reader, encoding: str) -> str:
    """The text, or as much of it as is looked at as a whole."""
    text = reader.read_at(0, LONGEST).decode(encoding, "replace")
    return text.removeprefix("\ufeff")


def pieces(reader: Reader, encoding: str, overlap: int) -> Iterator[tuple[int, bytes]]:
    """The whole text as UTF-8, piece by piece, each with its offset in the file and the end of the one before."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    carried = b""
    for offset in range(0, reader.size, CHUNK):
        chunk = reader.read_at(offset, CHUNK)
        if encoding != "utf-8":
            chunk = decoder.decode(chunk).encode("utf-8", "replace")
        yield offset - len(carried), carried + chunk
        carried = (carried + chunk)[-overlap:]


def _decodes(head: bytes, encoding: str, *, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _is_wide_text(head: bytes, encoding: str, *, whole: bool) -> bool:
    if not _decodes(head, encoding, whole=whole):
        return False
    text = head.decode(encoding, "ignore")
    return "\0" not in text and not _is_noisy(text.encode("utf-8", "replace"))


def _is_one_byte_text(piece: bytes) -> bool:
    """Mostly ASCII, and what is not are letters and typography."""
    high = piece.translate(None, bytes(range(128)))
    strange = high.translate(None, _LETTERS)
    if b"\0" in piece or piece.translate(None, _UNUSED) != piece or _is_noisy(piece):
        return False
    return len(high) <= len(piece) // 3 and len(strange) <= len(high) // 10


def _is_eastern_text(piece: bytes, *, whole: bool) -> bool:
    """No control characters at all, and nearly everything beyond ASCII is a letter of one of those alphabets."""
    if b"\0" in piece or piece.translate(None, _CONTROLS) != piece:
        return False
    return any(_is_written_in(piece, encoding, whole=whole) for encoding in _EASTERN)


def _is_written_in(piece: bytes, encoding: str, *, whole: bool) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(piece, final=whole)
    except UnicodeDecodeError:
        return False
    beyond = "".join(letter for letter in text if not letter.isascii())
    return len(beyond) >= _FEWEST and len(_EASTERN_LETTERS.sub("", beyond)) <= len(beyond) // 20


def _is_noisy(piece: bytes) -> bool:
    controls = len(piece) - len(piece.translate(None, _CONTROLS))
    return controls > len(piece) // _FEW + 1
