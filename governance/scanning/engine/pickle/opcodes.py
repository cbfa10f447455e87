"""The opcodes of pickle protocols 0 to 5: their names and the form of their arguments.

The forms are those that CPython's C unpickler accepts, which is what people load files with. It takes more than the
standard library's disassembler does (hexadecimal INT, text after a NUL in GET, four-byte lengths above 2 GiB …), and
a file that only one of the two can read is the usual way past a scanner.
"""

from __future__ import annotations

from enum import Enum, auto


class Form(Enum):
    """How the argument of an opcode is written."""

    NOTHING = auto()
    BYTE = auto()
    UINT16 = auto()
    INT32 = auto()
    UINT32 = auto()
    FRAME = auto()
    FLOAT64 = auto()
    LONG1 = auto()
    LONG4 = auto()
    LINE_INDEX = auto()
    LINE_INT = auto()
    LINE_LONG = auto()
    LINE_FLOAT = auto()
    LINE_QUOTED = auto()
    LINE_UNICODE = auto()
    LINE_ASCII = auto()
    TWO_LINES_UTF8 = auto()
    TWO_LINES_ASCII = auto()
    TEXT1 = auto()
    TEXT4 = auto()
    TEXT8 = auto()
    LATIN1 = auto()
    LATIN4 = auto()
    BYTES1 = auto()
    BYTES4 = auto()
    BYTES8 = auto()


_ROWS: tuple[tuple[bytes, str, Form], ...] = (
    (b"(", "MARK", Form.NOTHING),
    (b".", "STOP", Form.NOTHING),
    (b"0", "POP", Form.NOTHING),
    (b"1", "POP_MARK", Form.NOTHING),
    (b"2", "DUP", Form.NOTHING),
    (b"F", "FLOAT", Form.LINE_FLOAT),
    (b"I", "INT", Form.LINE_INT),
    (b"J", "BININT", Form.INT32),
    (b"K", "BININT1", Form.BYTE),
    (b"L", "LONG", Form.LINE_LONG),
    (b"M", "BININT2", Form.UINT16),
    (b"N", "NONE", Form.NOTHING),
    (b"P", "PERSID", Form.LINE_ASCII),
    (b"Q", "BINPERSID", Form.NOTHING),
    (b"R", "REDUCE", Form.NOTHING),
    (b"S", "STRING", Form.LINE_QUOTED),
    (b"T", "BINSTRING", Form.LATIN4),
    (b"U", "SHORT_BINSTRING", Form.LATIN1),
    (b"V", "UNICODE", Form.LINE_UNICODE),
    (b"X", "BINUNICODE", Form.TEXT4),
    (b"a", "APPEND", Form.NOTHING),
    (b"b", "BUILD", Form.NOTHING),
    (b"c", "GLOBAL", Form.TWO_LINES_UTF8),
    (b"d", "DICT", Form.NOTHING),
    (b"}", "EMPTY_DICT", Form.NOTHING),
    (b"e", "APPENDS", Form.NOTHING),
    (b"g", "GET", Form.LINE_INDEX),
    (b"h", "BINGET", Form.BYTE),
    (b"i", "INST", Form.TWO_LINES_ASCII),
    (b"j", "LONG_BINGET", Form.UINT32),
    (b"l", "LIST", Form.NOTHING),
    (b"]", "EMPTY_LIST", Form.NOTHING),
    (b"o", "OBJ", Form.NOTHING),
    (b"p", "PUT", Form.LINE_INDEX),
    (b"q", "BINPUT", Form.BYTE),
    (b"r", "LONG_BINPUT", Form.UINT32),
    (b"s", "SETITEM", Form.NOTHING),
    (b"t", "TUPLE", Form.NOTHING),
    (b")", "EMPTY_TUPLE", Form.NOTHING),
    (b"u", "SETITEMS", Form.NOTHING),
    (b"G", "BINFLOAT", Form.FLOAT64),
    (b"\x80", "PROTO", Form.BYTE),
    (b"\x81", "NEWOBJ", Form.NOTHING),
    (b"\x82", "EXT1", Form.BYTE),
    (b"\x83", "EXT2", Form.UINT16),
    (b"\x84", "EXT4", Form.INT32),
    (b"\x85", "TUPLE1", Form.NOTHING),
    (b"\x86", "TUPLE2", Form.NOTHING),
    (b"\x87", "TUPLE3", Form.NOTHING),
    (b"\x88", "NEWTRUE", Form.NOTHING),
    (b"\x89", "NEWFALSE", Form.NOTHING),
    (b"\x8a", "LONG1", Form.LONG1),
    (b"\x8b", "LONG4", Form.LONG4),
    (b"B", "BINBYTES", Form.BYTES4),
    (b"C", "SHORT_BINBYTES", Form.BYTES1),
    (b"\x8c", "SHORT_BINUNICODE", Form.TEXT1),
    (b"\x8d", "BINUNICODE8", Form.TEXT8),
    (b"\x8e", "BINBYTES8", Form.BYTES8),
    (b"\x8f", "EMPTY_SET", Form.NOTHING),
    (b"\x90", "ADDITEMS", Form.NOTHING),
    (b"\x91", "FROZENSET", Form.NOTHING),
    (b"\x92", "NEWOBJ_EX", Form.NOTHING),
    (b"\x93", "STACK_GLOBAL", Form.NOTHING),
    (b"\x94", "MEMOIZE", Form.NOTHING),
    (b"\x95", "FRAME", Form.FRAME),
    (b"\x96", "BYTEARRAY8", Form.BYTES8),
    (b"\x97", "NEXT_BUFFER", Form.NOTHING),
    (b"\x98", "READONLY_BUFFER", Form.NOTHING),
)

NAMES: dict[int, str] = {code[0]: name for code, name, _ in _ROWS}
FORMS: dict[int, Form] = {code[0]: form for code, _, form in _ROWS}
CODES: dict[str, int] = {name: code for code, name in NAMES.items()}
HIGHEST_PROTOCOL = 5
