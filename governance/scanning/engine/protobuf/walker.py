"""Walking a message by its table: one pass, no recursion, nothing kept but small values.

Whatever a strict reader refuses ends the walk with ``Malformed``. What readers merely skip (fields that the table does not
have) or settle among themselves (one value given twice) is noted in ``flaws`` and the walk goes on: such bytes travel along,
and somebody has to be told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from governance.scanning.engine.budget import BudgetExceeded, Meter
from governance.scanning.engine.cursor import Cursor
from governance.scanning.engine.protobuf.message import Message, Piece
from governance.scanning.engine.protobuf.schema import NUMBERS, Field, Schema
from governance.scanning.engine.reader import Reader

MAX_DEPTH = 100
"""The limit of every implementation in use."""
HEAD = 2048
"""Bytes of a text that are kept."""
KEPT = 10_000
"""Values of one field that are kept."""
_FLAWS = 20
_CHUNK = 1024 * 1024
_VARINT, _EIGHT, _LENGTH, _FOUR = 0, 1, 2, 5
_WIDTH = {_EIGHT: 8, _FOUR: 4}
_WIRE = {"int": _VARINT, "f64": _EIGHT, "f32": _FOUR}
_SIGNED = 1 << 63
_LONG = re.compile(rb"[\x80-\xff]{10}|[\x80-\xff]\x00")
_CONTINUED = bytes(range(128, 256))


_Value = TypeVar("_Value", int, Piece)


class Malformed(Exception):
    """The bytes are no such message; carries where that shows."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something a lenient reader passes over."""

    reason: str
    offset: int


class Walk:
    """One walk over a message, from the beginning of a reader to its end."""

    def __init__(self, reader: Reader, schema: Schema, root: str, meter: Meter) -> None:
        self._reader = reader
        self._cursor = Cursor(reader)
        self._schema = schema
        self._meter = meter
        self._stack = [Message(root, "", 0, reader.size)]
        self._cut: Malformed | None = None
        """Where a message was cut off: what is left of it is still looked at before the walk ends."""
        self.flaws: list[Flaw] = []

    def messages(self) -> Iterator[Message]:
        """Every message as soon as it ends, so that those inside come first; raises Malformed, BudgetExceeded."""
        stack = self._stack
        while stack:
            message = stack[-1]
            position = self._cursor.position
            if position > message.end:
                raise Malformed(f"a value leads beyond the end of its {message.kind}", position)
            if position < message.end:
                self._next(message)
                continue
            stack.pop()
            if self._cut and not stack:
                raise self._cut
            if stack and message.kind not in self._schema.detached:
                self._keep(stack[-1], message)
            yield message

    def _keep(self, parent: Message, message: Message) -> None:
        siblings = parent.messages.setdefault(message.name, [])
        if len(siblings) >= KEPT:
            raise BudgetExceeded(f"one {parent.kind} holds more than {KEPT:,} of {message.name}")
        siblings.append(message)

    def _next(self, message: Message) -> None:
        """Read one field, or step into it."""
        self._meter.spend_fields(1)
        offset = self._cursor.position
        tag = self._varint(message)
        number, wire = tag >> 3, tag & 7
        field = self._schema.messages[message.kind].get(number)
        if not 0 < number < 1 << 29:
            raise Malformed(f"there cannot be a field {number:,}", offset)
        if wire not in (_VARINT, _EIGHT, _LENGTH, _FOUR):
            raise Malformed(f"field {number:,} of {message.kind} has the wire type {wire}", offset)
        size = self._varint(message) if wire == _LENGTH else _WIDTH.get(wire, 0)
        start = self._cursor.position
        if start + size > message.end:
            self._cut = Malformed(f"field {number:,} is longer than its {message.kind}", offset)
            if field is None or not field.is_message or wire != _LENGTH:
                raise self._cut
            size = message.end - start
        if field is None or not _fits(field, wire):
            self._flaw(f"{message.kind} has no such field {number:,}", offset)
            self._cursor.skip(size) if wire != _VARINT else self._varint(message)
        elif field.is_message:
            self._enter(message, field, start, start + size)
        else:
            self._plain(message, field, wire, size)

    def _enter(self, parent: Message, field: Field, start: int, end: int) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise Malformed(f"messages lie more than {MAX_DEPTH} deep in one another", start)
        self._count(parent, field, 1, start)
        self._stack.append(Message(field.kind, field.name, start, end))

    def _plain(self, message: Message, field: Field, wire: int, size: int) -> None:
        start = self._cursor.position
        if field.kind not in NUMBERS:
            self._count(message, field, 1, start)
            piece = self._piece(start, size, is_text=field.kind == "text")
            _append(message.pieces, field.name, piece)
        elif wire == _LENGTH:
            self._packed(message, field, start, size)
        elif wire == _VARINT:
            self._count(message, field, 1, start)
            value = self._varint(message)
            _append(message.numbers, field.name, value - 2 * _SIGNED if value >= _SIGNED else value)
        else:
            self._count(message, field, 1, start)
            _append(message.numbers, field.name, int.from_bytes(self._cursor.take(size), "little"))

    def _count(self, message: Message, field: Field, items: int, offset: int) -> None:
        count = message.counts.get(field.name, 0) + items
        message.counts[field.name] = count
        if count > 1 and not field.is_repeated:
            self._flaw(f"{message.kind} says twice what its {field.name} is", offset)

    def _packed(self, message: Message, field: Field, start: int, size: int) -> None:
        """Numbers in a row: counted, and the first few kept where they can be dimensions."""
        width = _WIDTH.get(_WIRE[field.kind], 0)
        if width:
            if size % width:
                raise Malformed(f"{field.name} ends inside a number", start)
            self._cursor.skip(size)
            self._count(message, field, size // width, start)
            return
        end = start + size
        kept = message.numbers.setdefault(field.name, [])
        count = 0
        while self._cursor.position < end and len(kept) < 1000:
            value = self._varint(message)
            kept.append(value - 2 * _SIGNED if value >= _SIGNED else value)
            count += 1
        if self._cursor.position > end:
            raise Malformed(f"{field.name} ends inside a number", start)
        self._count(message, field, count + self._skip_varints(end), start)

    def _skip_varints(self, end: int) -> int:
        """How many whole numbers there are up to here; only looked at for being numbers."""
        count, carried = 0, b""
        while self._cursor.position < end:
            chunk = self._cursor.take(min(_CHUNK, end - self._cursor.position))
            if _LONG.search(carried + chunk):
                raise Malformed("a number is written longer than it is", self._cursor.position)
            count += len(chunk.translate(None, _CONTINUED))
            carried = chunk[-10:]
        if carried and carried[-1] >= 128:
            raise Malformed("numbers in a row end inside a number", end)
        return count

    def _piece(self, start: int, size: int, *, is_text: bool) -> Piece:
        head = self._cursor.take(min(size, HEAD))
        if is_text:
            decoder = codecs.getincrementaldecoder("utf-8")()
            left = size - len(head)
            try:
                decoder.decode(head, final=not left)
                while left:
                    chunk = self._cursor.take(min(_CHUNK, left))
                    left -= len(chunk)
                    decoder.decode(chunk, final=not left)
            except UnicodeDecodeError:
                raise Malformed("a text is not UTF-8", start) from None
        else:
            self._cursor.skip(size - len(head))
        return Piece(start, size, head)

    def _varint(self, message: Message) -> int:
        value = shift = 0
        while True:
            byte = self._cursor.byte()
            if byte < 0:
                raise Malformed("the bytes end inside a number", self._reader.size)
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
            if shift > 63:
                raise Malformed("a number is too long", self._cursor.position)
        if (byte == 0 and shift) or value >> 64:
            raise Malformed("a number is written longer than it is", self._cursor.position)
        if self._cursor.position > message.end:
            raise Malformed(f"a number leads beyond its {message.kind}", self._cursor.position)
        return value

    def _flaw(self, reason: str, offset: int) -> None:
        if len(self.flaws) < _FLAWS:
            self.flaws.append(Flaw(reason, offset))


def _fits(field: Field, wire: int) -> bool:
    """Whether a value in this form can be this field's; repeated numbers may stand in a row."""
    if field.kind in NUMBERS:
        return wire == _WIRE[field.kind] or (wire == _LENGTH and field.is_repeated)
    return wire == _LENGTH


def _append(kept: dict[str, list[_Value]], name: str, value: _Value) -> None:
    values = kept.setdefault(name, [])
    if len(values) < KEPT:
        values.append(value)
