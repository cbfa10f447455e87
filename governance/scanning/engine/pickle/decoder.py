"""Reading one opcode and its argument, exactly as CPython's C unpickler would.

Long strings and bytes are skipped by seeking; what comes back in their place says how long they were.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from governance.scanning.engine.cursor import Cursor, Truncated
from governance.scanning.engine.pickle.opcodes import FORMS, Form
from governance.scanning.engine.pickle.values import Blob, LongText, Number, Value

KEEP = 1024
"""Bytes of a string that are kept; no importable name is longer."""
MAX_LINE_NUMBER = 4096
"""Bytes; of a number written in more digits only their count is kept."""
_STRTOL = re.compile(rb"[+-]?(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)")
_LONG_MAX = 2**63 - 1

Argument = Value | tuple[Value, Value]


class Broken(Exception):
    """The stream cannot be decoded further; the message says why, in words for a person."""


def decode(cursor: Cursor) -> tuple[int, Argument]:
    """The next opcode and its argument; raises Broken where the C unpickler would stop."""
    code = cursor.byte()
    form = FORMS.get(code)
    if form is None:
        raise Broken("the file ends" if code < 0 else f"there is no operation 0x{code:02x}")
    if form is Form.NOTHING:
        return code, None
    try:
        return code, _READ[form](cursor)
    except _TooLong as written:
        if form is Form.LINE_INDEX:
            raise Broken(f"a memo number is written in {written} characters") from None
        return code, Number(written.args[0], is_written=True)
    except Truncated:
        raise Broken("the file ends inside an argument") from None
    except UnicodeDecodeError:
        raise Broken("a string is not valid text") from None


def _unsigned(width: int) -> Callable[[Cursor], int]:
    return lambda cursor: int.from_bytes(cursor.take(width), "little")


def _int32(cursor: Cursor) -> int:
    return int.from_bytes(cursor.take(4), "little", signed=True)


def _frame(cursor: Cursor) -> int:
    """C only checks that the frame's bytes exist, then reads on as if there were no frame."""
    length = int.from_bytes(cursor.take(8), "little")
    if length > cursor.size - cursor.position:
        return -1
    return length


def _float64(cursor: Cursor) -> float:
    value: float = struct.unpack(">d", cursor.take(8))[0]
    return value


def _long1(cursor: Cursor) -> Value:
    return _long(cursor, cursor.take(1)[0])


def _long4(cursor: Cursor) -> Value:
    length = _int32(cursor)
    if length < 0:
        raise Broken("a number has a negative length")
    return _long(cursor, length)


def _long(cursor: Cursor, length: int) -> Value:
    if length > KEEP:
        cursor.skip(length)
        return Number(length)
    return int.from_bytes(cursor.take(length), "little", signed=True)


class _TooLong(Exception):
    """A number is written in so many characters that only its length is kept."""


def _number_line(cursor: Cursor) -> bytes:
    line, length = cursor.line(MAX_LINE_NUMBER)
    if length == 0:
        raise Broken("a number is missing")
    if length > MAX_LINE_NUMBER:
        raise _TooLong(length)
    return line.split(b"\0", 1)[0]


def _python_int(digits: bytes, base: int) -> int:
    try:
        return int(digits.decode("ascii").strip(" \t\n\r\f\v"), base)
    except (ValueError, UnicodeDecodeError):
        raise Broken("a number cannot be read") from None


def _index_line(cursor: Cursor) -> int:
    return _python_int(_number_line(cursor), 10)


def _int_line(cursor: Cursor) -> int:
    """INT goes through strtol with base 0 first, so 010 is eight, 0x10 sixteen and a NUL at once nothing."""
    line = _number_line(cursor)
    if not line:
        return 0
    digits = line.lstrip(b" \t\n\r\f\v")
    if _STRTOL.fullmatch(digits):
        sign = -1 if digits.startswith(b"-") else 1
        magnitude = digits.lstrip(b"+-")
        octal = magnitude.startswith(b"0") and magnitude[1:2] not in (b"x", b"X")
        value = sign * (int(magnitude, 8) if octal else _python_int(magnitude, 0))
        if abs(value) <= _LONG_MAX:
            return value
    return _python_int(digits, 0)


def _long_line(cursor: Cursor) -> int:
    digits = _number_line(cursor)
    return _python_int(digits.removesuffix(b"L"), 0)


def _float_line(cursor: Cursor) -> float:
    try:
        return float(_number_line(cursor).decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        raise Broken("a number cannot be read") from None


def _quoted_line(cursor: Cursor) -> Value:
    """Quotes are required; escapes are those of a bytes literal. Python 2 also allowed blanks after them."""
    line, length = cursor.line(KEEP)
    if length > KEEP:
        return LongText(line[1:].decode("latin-1"), length)
    line = line.rstrip()
    if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in b"'\"":
        raise Broken("a string is not quoted")
    return _unescape(line[1:-1])


_ESCAPE = re.compile(rb"\\(\n|[\\'\"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_SIMPLE = {b"a": 7, b"b": 8, b"f": 12, b"n": 10, b"r": 13, b"t": 9, b"v": 11}


def _unescape(text: bytes) -> str:
    def one(match: re.Match[bytes]) -> bytes:
        body = match.group(1)
        if body == b"\n":
            return b""
        if body in _SIMPLE:
            return bytes([_SIMPLE[body]])
        if body in b"\\'\"":
            return body
        if body[:1].isdigit() and body[:1] < b"8":
            return bytes([int(body, 8) & 0xFF])
        if len(body) == 3:
            return bytes([int(body[1:], 16)])
        return b"\\" + body

    return _ESCAPE.sub(one, text).decode("latin-1")


def _unicode_line(cursor: Cursor) -> Value:
    start = cursor.position
    line, length = cursor.line(KEEP)
    if length > KEEP:
        return LongText(line.decode("latin-1"), length, start, "raw-unicode-escape")
    return line.decode("raw-unicode-escape")


def _name_line(cursor: Cursor, encoding: str) -> Value:
    """Where the file ends without a newline, Python's own unpickler takes the last byte for one and goes on."""
    line, length = cursor.line(KEEP, or_rest=True)
    if length > KEEP:
        return LongText(line.decode("latin-1"), length)
    return line.decode(encoding)


def _ascii_line(cursor: Cursor) -> Value:
    line, length = cursor.line(KEEP, or_rest=True)
    return LongText(line.decode("latin-1"), length) if length > KEEP else line.decode("ascii")


def _two_lines(encoding: str) -> Callable[[Cursor], tuple[Value, Value]]:
    return lambda cursor: (_name_line(cursor, encoding), _name_line(cursor, encoding))


def _counted_text(width: int, encoding: str, errors: str) -> Callable[[Cursor], Value]:
    def read(cursor: Cursor) -> Value:
        length = int.from_bytes(cursor.take(width), "little")
        if length <= KEEP:
            return cursor.take(length).decode(encoding, errors)
        start = cursor.position
        head = cursor.take(KEEP).decode(encoding, "replace")
        cursor.skip(length - KEEP)
        return LongText(head, length, start, encoding)

    return read


def _counted_bytes(width: int) -> Callable[[Cursor], Value]:
    def read(cursor: Cursor) -> Value:
        length = int.from_bytes(cursor.take(width), "little")
        offset = cursor.position
        cursor.skip(length)
        return Blob(offset, length)

    return read


_READ: dict[Form, Callable[[Cursor], Argument]] = {
    Form.BYTE: _unsigned(1),
    Form.UINT16: _unsigned(2),
    Form.INT32: _int32,
    Form.UINT32: _unsigned(4),
    Form.FRAME: _frame,
    Form.FLOAT64: _float64,
    Form.LONG1: _long1,
    Form.LONG4: _long4,
    Form.LINE_INDEX: _index_line,
    Form.LINE_INT: _int_line,
    Form.LINE_LONG: _long_line,
    Form.LINE_FLOAT: _float_line,
    Form.LINE_QUOTED: _quoted_line,
    Form.LINE_UNICODE: _unicode_line,
    Form.LINE_ASCII: _ascii_line,
    Form.TWO_LINES_UTF8: _two_lines("utf-8"),
    Form.TWO_LINES_ASCII: _two_lines("ascii"),
    Form.TEXT1: _counted_text(1, "utf-8", "surrogatepass"),
    Form.TEXT4: _counted_text(4, "utf-8", "surrogatepass"),
    Form.TEXT8: _counted_text(8, "utf-8", "surrogatepass"),
    Form.LATIN1: _counted_text(1, "latin-1", "strict"),
    Form.LATIN4: _counted_text(4, "latin-1", "strict"),
    Form.BYTES1: _counted_bytes(1),
    Form.BYTES4: _counted_bytes(4),
    Form.BYTES8: _counted_bytes(8),
}
