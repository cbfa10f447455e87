"""Word vectors: fastText's own form and word2vec's binary one, both walked to their last byte."""

from __future__ import annotations

import re
import struct

from governance.scanning.engine import rules
from governance.scanning.engine.cursor import Cursor, Truncated
from governance.scanning.engine.subject import Subject

WORD2VEC = re.compile(rb"([1-9][0-9]{0,8}) ([1-9][0-9]{0,4})\n")
_LONGEST_WORD = 4096
_VERSIONS = (11, 12)


class _Malformed(Exception):
    """The message says where."""


def analyse_fasttext(subject: Subject) -> None:
    """Arguments, dictionary, two matrices, and nothing behind them."""
    cursor = Cursor(subject.reader)
    try:
        _fasttext(subject, cursor)
    except Truncated:
        subject.add(rules.boosters.BROKEN, f"It breaks off at byte {cursor.position:,}.")
        return
    except _Malformed as reason:
        subject.add(rules.boosters.BROKEN, f"It cannot be read: {reason}.")
        return
    _nothing_behind(subject, cursor)


def _nothing_behind(subject: Subject, cursor: Cursor) -> None:
    left = subject.reader.size - cursor.position
    if left:
        subject.add(
            rules.boosters.TRAILING, f"{left:,} bytes follow its end.", offset=cursor.position
        )


def _fasttext(subject: Subject, cursor: Cursor) -> None:
    _, version = struct.unpack("<2i", cursor.take(8))
    if version not in _VERSIONS:
        raise _Malformed(f"its version is {version}")
    cursor.skip(12 * 4 + 8)
    size, words, labels, _, pruned = struct.unpack("<3i2q", cursor.take(28))
    if min(size, words, labels) < 0 or words + labels != size:
        raise _Malformed("its words and labels do not add up")
    for _ in range(size):
        subject.meter.spend_steps(1)
        _word(cursor)
        cursor.skip(9)
    cursor.skip(8 * max(0, pruned))
    for _ in range(2):
        if _flag(cursor):
            _quantized(cursor)
        else:
            rows, columns = struct.unpack("<2q", cursor.take(16))
            _skip(cursor, rows, columns, 4)


def _word(cursor: Cursor) -> None:
    for _ in range(_LONGEST_WORD):
        byte = cursor.byte()
        if byte < 0:
            raise Truncated
        if byte == 0:
            return
    raise _Malformed(f"a word has more than {_LONGEST_WORD:,} bytes")


def _flag(cursor: Cursor) -> bool:
    byte = cursor.take(1)[0]
    if byte > 1:
        raise _Malformed(f"byte {cursor.position - 1:,} is neither yes nor no")
    return bool(byte)


def _skip(cursor: Cursor, rows: int, columns: int, width: int) -> None:
    if rows < 0 or columns < 0:
        raise _Malformed(f"the matrix before byte {cursor.position:,} has an impossible shape")
    cursor.skip(rows * columns * width)


def _quantized(cursor: Cursor) -> None:
    """A matrix as codes, with the centres that they stand for; the norms may be coded as well."""
    has_norms = _flag(cursor)
    rows, _, codes = struct.unpack("<2qi", cursor.take(20))
    _skip(cursor, codes, 1, 1)
    _centres(cursor)
    if has_norms:
        _skip(cursor, rows, 1, 1)
        _centres(cursor)


def _centres(cursor: Cursor) -> None:
    dimension = struct.unpack("<4i", cursor.take(16))[0]
    _skip(cursor, dimension, 256, 4)


def analyse_word2vec(subject: Subject) -> None:
    """A line with two numbers, then as many words, each with its vector."""
    match = WORD2VEC.match(subject.reader.read_at(0, 32))
    if match is None:
        subject.add(rules.boosters.BROKEN, "Its first line is damaged.")
        return
    words, width = int(match.group(1)), int(match.group(2))
    cursor = Cursor(subject.reader, match.end())
    try:
        has_breaks = False
        for _ in range(words):
            subject.meter.spend_steps(1)
            has_breaks = _spaced_word(cursor)
            cursor.skip(4 * width)
        cursor.skip(1 if has_breaks else 0)
    except Truncated:
        subject.add(rules.boosters.BROKEN, f"It breaks off before its {words:,} words are read.")
        return
    except _Malformed as reason:
        subject.add(rules.boosters.BROKEN, f"It cannot be read: {reason}.")
        return
    _nothing_behind(subject, cursor)


def _spaced_word(cursor: Cursor) -> bool:
    """A word up to a space; whether a line break stood in front, as some programs end each vector with one."""
    has_break = False
    for place in range(_LONGEST_WORD):
        byte = cursor.byte()
        if byte < 0:
            raise Truncated
        if byte == 0x20:
            return has_break
        has_break = has_break or (place == 0 and byte == 0x0A)
    raise _Malformed(f"a word has more than {_LONGEST_WORD:,} bytes")
