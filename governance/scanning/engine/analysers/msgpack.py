"""MessagePack, as Flax and spaCy write weights: every item to the last byte.

It is plain data by itself. Programs extend it: arrays as extension 1 (Flax) or as maps (msgpack-numpy), of which one kind is
a pickle. Bytes that are a pickle are judged as one wherever they stand.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from governance.scanning.engine import msgpack_items, rules
from governance.scanning.engine.cursor import Cursor
from governance.scanning.engine.msgpack_items import Item, Malformed
from governance.scanning.engine.pickle.streams import is_pickle, run_streams
from governance.scanning.engine.reader import Reader, SliceReader
from governance.scanning.engine.subject import Subject

_ARRAY, _COMPLEX, _SCALAR, _TIME = 1, 2, 3, -1
_WIDTHS = {"bool": 1, "bfloat16": 2, "complex64": 8, "complex128": 16, "V2": 2}
_NUMBER = re.compile(
    r"(?:u?int|float)(8|16|32|64|128)|float8_[a-z0-9]+|u?int[248]|float[46]_[a-z0-9]+"
)
_PICKLE_STARTS = (b"\x80", b"(", b"c", b"]", b"}")
_LOOKED_AT = 8
_SHORTEST = 4
_DIMENSIONS = 64


@dataclass(slots=True)
class _Frame:
    """A map or list whose members are being read."""

    kind: str
    left: int
    names: set[str] = field(default_factory=set)
    key: str | int | None = None
    fields: dict[str | int, Item] = field(default_factory=dict)
    is_key: bool = True


def analyse(subject: Subject) -> None:
    """Walk it; what follows the first value is said."""
    cursor = Cursor(subject.reader)
    try:
        _walk(subject, cursor)
    except Malformed as reason:
        subject.add(rules.msgpack.BROKEN, f"The file cannot be read: {reason}.")
        return
    if cursor.position < subject.reader.size:
        left = subject.reader.size - cursor.position
        text = f"{left:,} bytes follow the data."
        subject.add(rules.msgpack.TRAILING, text, offset=cursor.position)


def _walk(subject: Subject, cursor: Cursor) -> None:
    frames = [_Frame("list", 1)]
    while frames:
        frame = frames[-1]
        if frame.left == 0:
            if frame.kind == "map":
                _close(subject, frame)
            frames.pop()
            continue
        subject.meter.spend_steps(1)
        item = msgpack_items.read(cursor)
        if frame.kind == "map" and frame.is_key:
            _key(subject, frame, item)
            continue
        frame.left -= 1
        frame.is_key = True
        if frame.key is not None:
            frame.fields[frame.key] = item
        _value(subject, item)
        if item.kind in ("list", "map"):
            if len(frames) > msgpack_items.MAX_DEPTH:
                raise Malformed(f"it is nested more than {msgpack_items.MAX_DEPTH} deep")
            frames.append(_Frame(item.kind, item.length))


def _key(subject: Subject, frame: _Frame, item: Item) -> None:
    frame.is_key = False
    if item.kind in ("list", "map"):
        raise Malformed(f"the name at byte {item.offset:,} is a collection")
    name = item.value
    if item.kind == "bytes" and item.length < _LOOKED_AT:
        name = subject.reader.read_at(item.start, item.length).decode("latin-1")
    frame.key = name if isinstance(name, str) and len(name) < _LOOKED_AT else None
    if isinstance(name, str):
        if name in frame.names:
            text = f"The name {name[:80]!r} occurs twice in one map."
            subject.add(rules.msgpack.REPEATED, text, offset=item.offset)
        frame.names.add(name)


def _close(subject: Subject, frame: _Frame) -> None:
    """A map that msgpack-numpy takes for an array of objects is unpickled by it."""
    kind = frame.fields.get("kind")
    if "nd" not in frame.fields or kind is None or kind.length != 1:
        return
    if subject.reader.read_at(kind.start, 1) == b"O":
        text = "An array is marked as one of Python objects, which are unpickled when it is read."
        subject.add(rules.msgpack.OBJECTS, text, offset=kind.offset)


def _value(subject: Subject, item: Item) -> None:
    if item.kind in ("text", "bytes") and item.length >= _SHORTEST:
        _look_into(subject, item)
    elif item.kind == "ext":
        _extension(subject, item)


def _look_into(subject: Subject, item: Item) -> None:
    if not subject.reader.read_at(item.start, 1).startswith(_PICKLE_STARTS):
        return
    inner = SliceReader(subject.reader, item.start, item.length)
    if is_pickle(inner, run_streams(inner, subject.where, subject.meter)):
        subject.examine_inside(inner, f"bytes at {item.start}")


def _extension(subject: Subject, item: Item) -> None:
    inner = SliceReader(subject.reader, item.start, item.length)
    if item.value in (_ARRAY, _SCALAR):
        flaw = _flaw_of_array(inner)
        if flaw:
            rule = rules.msgpack.OBJECTS if "object" in flaw else rules.msgpack.ARRAY
            subject.add(rule, f"The array at byte {item.offset:,} {flaw}.", offset=item.offset)
    elif item.value not in (_COMPLEX, _TIME):
        text = f"The extension at byte {item.offset:,} has the type {item.value}."
        subject.add(rules.msgpack.EXTENSION, text, offset=item.offset)
        subject.examine_inside(inner, f"extension at {item.start}")


def _flaw_of_array(inner: Reader) -> str:
    """What is wrong with shape, type and bytes of an array; empty when nothing is."""
    cursor = Cursor(inner)
    try:
        counts, kind, content = _array(cursor)
    except Malformed as reason:
        return f"cannot be read: {reason}"
    name = inner.read_at(kind.start, min(kind.length, 40)).decode("latin-1")
    width = _width(name)
    if width is None:
        return f"holds items of the type {name!r}"
    if math.prod(counts) * width != content.length or cursor.position != inner.size:
        return "has more or fewer bytes than its shape needs"
    return ""


def _array(cursor: Cursor) -> tuple[list[int], Item, Item]:
    """Shape, type and bytes; raises Malformed."""
    outer, shape = msgpack_items.read(cursor), msgpack_items.read(cursor)
    if (outer.kind, outer.length, shape.kind) != ("list", 3, "list") or shape.length > _DIMENSIONS:
        raise Malformed("it is not a shape, a type and bytes")
    counts: list[int] = []
    for _ in range(shape.length):
        one = msgpack_items.read(cursor).value
        if type(one) is not int or one < 0:
            raise Malformed("its shape is impossible")
        counts.append(one)
    kind, content = msgpack_items.read(cursor), msgpack_items.read(cursor)
    if kind.kind not in ("text", "bytes") or content.kind not in ("text", "bytes"):
        raise Malformed("it is not a shape, a type and bytes")
    return counts, kind, content


def _width(name: str) -> int | None:
    """Bytes of one item; small numbers of ml_dtypes take a byte each."""
    if name in _WIDTHS:
        return _WIDTHS[name]
    match = _NUMBER.fullmatch(name)
    if match is None:
        return None
    return int(match.group(1)) // 8 if match.group(1) else 1
