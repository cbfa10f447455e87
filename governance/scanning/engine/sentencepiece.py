"""SentencePiece models: a message of pieces with scores, and of how they were trained (sentencepiece_model.proto)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from governance.scanning.engine.reader import Reader

PIECE, TRAINER, NORMALIZER, SELF_TEST, DENORMALIZER = range(1, 6)
_NUMBER, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_KINDS = range(1, 7)
_FIRST = 64


class BadModel(Exception):
    """The bytes are no such message; the message says why."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its number, how it is written, and its content (a whole number, or bytes)."""

    number: int
    wire: int
    value: int
    content: bytes


def fields(data: bytes) -> Iterator[Field]:
    """The fields of a message; raises BadModel."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        number, wire = tag >> 3, tag & 7
        value, content = 0, b""
        if wire == _NUMBER:
            value, at = _varint(data, at)
        else:
            length = 8 if wire == _EIGHT else 4
            if wire == _BYTES:
                length, at = _varint(data, at)
            elif wire not in (_EIGHT, _FOUR):
                raise BadModel("a field is of no known kind")
            content = data[at : at + length]
            if len(content) < length:
                raise BadModel("a field ends after the file does")
            at += length
        if not number:
            raise BadModel("a field has no number")
        yield Field(number, wire, value, content)


def check_piece(data: bytes) -> None:
    """A piece of text, its score, and its kind; raises BadModel."""
    for field in fields(data):
        if (field.number, field.wire) == (1, _BYTES):
            try:
                field.content.decode()
            except UnicodeDecodeError:
                raise BadModel("a piece is no text") from None
        elif (field.number, field.wire) == (2, _FOUR):
            struct.unpack("<f", field.content)
        elif (field.number, field.wire) != (3, _NUMBER) or field.value not in _KINDS:
            raise BadModel("a piece has a part that pieces do not have")


def begins_here(reader: Reader, head: bytes) -> bool:
    """Whether the first fields are pieces with a score, as in no other message."""
    if head[:1] != b"\x0a":
        return False
    seen = 0
    try:
        for field in fields(head[:4096]):
            if field.number != PIECE or field.wire != _BYTES:
                return False
            inner = [(one.number, one.wire) for one in fields(field.content)]
            if inner[:2] != [(1, _BYTES), (2, _FOUR)]:
                return False
            seen += 1
            if seen >= 3:
                return True
    except BadModel:
        return seen > 0
    return seen > 0 and len(head) == reader.size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 70:
        value |= (data[at] & 0x7F) << shift
        at += 1
        shift += 7
        if data[at - 1] < 128:
            return value, at
    raise BadModel("a number breaks off")
