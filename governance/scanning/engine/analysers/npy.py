"""NumPy's .npy: a line of Python literals that says type and shape, then the raw items, or a pickle of them.

``numpy.load`` reads the items by the header alone, so the header must be exactly what NumPy writes and the bytes must
be exactly as many as it says. Where the items are objects the rest of the file is a pickle.
"""

from __future__ import annotations

import ast
import math
import re

from governance.scanning.engine import rules
from governance.scanning.engine.pickle.streams import is_pickle
from governance.scanning.engine.reader import SliceReader
from governance.scanning.engine.subject import Subject

_MAGIC = 6
_WIDTHS = {1: 2, 2: 4, 3: 4}
"""Version of the format -> bytes that hold the header's length."""
_MAX_HEADER = 64 * 1024
_MAX_DIMENSIONS = 64
_NESTED = 8
_KIND = re.compile(
    r"[<>|=]?(?:([biufcSUVOmM])([0-9]{0,9})(?:\[[0-9A-Za-z/]{1,20}\])?|([?bBhHiIlLqQefdgFDG]))"
)
_LETTERS = dict(zip("?bBhHiIlLqQefdgFDG", (1, 1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 2, 4, 8, 16, 8, 16, 32), strict=True))  # fmt: skip
_PYTHON_2 = re.compile(r"\b([0-9]+)L\b(?=[,)\]])")
_MAX_COUNT = 2**62


class _Malformed(Exception):
    """The header is not what NumPy writes; the message says how."""


def analyse(subject: Subject) -> None:
    """Check that header and bytes fit each other, and look into objects."""
    try:
        start, length = _layout(subject)
    except _Malformed as problem:
        subject.add(rules.numpys.NPY_HEADER, f"The header cannot be read: {problem}.", offset=0)
        return
    if length is None:
        _objects(subject, start)
    elif start + length != subject.reader.size:
        subject.add(
            rules.numpys.NPY_LENGTH,
            f"The array needs {length:,} bytes; {subject.reader.size - start:,} are there.",
            offset=start,
        )


def _layout(subject: Subject) -> tuple[int, int | None]:
    """Where the items begin and how many bytes they take; None for objects."""
    reader = subject.reader
    version = reader.read_at(_MAGIC, 2)
    width = _WIDTHS.get(version[0]) if len(version) == 2 and version[1] == 0 else None
    if width is None:
        raise _Malformed("there is no such version of the format")
    at = _MAGIC + 2
    length = int.from_bytes(reader.read_at(at, width), "little")
    start = at + width + length
    if length > _MAX_HEADER or start > reader.size:
        raise _Malformed(f"it says that it is {length:,} bytes long")
    header = _literal(reader.read_at(at + width, length), "utf-8" if version[0] == 3 else "latin-1")
    if not isinstance(header, dict) or set(header) != {"descr", "fortran_order", "shape"}:
        raise _Malformed("it must say descr, fortran_order and shape, and nothing else")
    if not isinstance(header["fortran_order"], bool):
        raise _Malformed("the order of the items is neither true nor false")
    item = _width(header["descr"], 0)
    count = math.prod(_shape(header["shape"]))
    if (item or 1) * count > _MAX_COUNT:
        raise _Malformed("its sizes overflow")
    return start, None if item is None else item * count


def _literal(content: bytes, encoding: str) -> object:
    """The header's value; NumPy itself reads it by the same function, within a smaller bound."""
    try:
        return ast.literal_eval(_PYTHON_2.sub(r"\1", content.decode(encoding)))
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        raise _Malformed("it is no Python literal") from None


def _shape(shape: object) -> tuple[int, ...]:
    if not isinstance(shape, tuple) or len(shape) > _MAX_DIMENSIONS:
        raise _Malformed("the shape is no row of counts")
    if not all(type(one) is int and 0 <= one <= _MAX_COUNT for one in shape):
        raise _Malformed("the shape holds something that is no count")
    return shape


def _width(described: object, depth: int) -> int | None:
    """Bytes of one item; None when it is, or holds, an object."""
    if isinstance(described, str):
        return _plain_width(described)
    if depth >= _NESTED:
        raise _Malformed("the type is nested too deep")
    if isinstance(described, tuple) and len(described) == 2:
        inner = _width(described[0], depth + 1)
        return None if inner is None else inner * math.prod(_repeats(described[1]))
    if not isinstance(described, list):
        raise _Malformed("the type is described in an unusual way")
    widths = [_field(field, depth + 1) for field in described]
    return None if None in widths else sum(width for width in widths if width is not None)


def _field(field: object, depth: int) -> int | None:
    """A field is (name, type) or (name, type, repeats); a name may come with a title."""
    if not (
        isinstance(field, tuple) and len(field) in (2, 3) and isinstance(field[0], str | tuple)
    ):
        raise _Malformed("a field of the type is described in an unusual way")
    width = _width(field[1], depth)
    repeats = math.prod(_repeats(field[2])) if len(field) == 3 else 1
    return None if width is None else width * repeats


def _repeats(value: object) -> tuple[int, ...]:
    return _shape((value,) if type(value) is int else value)


def _plain_width(described: str) -> int | None:
    match = _KIND.fullmatch(described)
    if match is None:
        raise _Malformed(f"there is no type {described[:40]!r}")
    kind, digits, letter = match.groups()
    if letter:
        return _LETTERS[letter]
    if kind == "O":
        return None
    width = int(digits or 0)
    return width * 4 if kind == "U" else width


def _objects(subject: Subject, start: int) -> None:
    content = SliceReader(subject.reader, start, subject.reader.size - start)
    if not is_pickle(content, subject.examine_inside(content, "objects")):
        subject.add(
            rules.numpys.NPY_OBJECTS,
            "Its items are objects, but no pickle of them follows.",
            offset=start,
        )
