"""Writing FlatBuffers by hand: parents first, each child behind what is written already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Part = Callable[["Writer"], int]
"""Writes itself at the end and returns where it begins."""


@dataclass(frozen=True)
class Number:
    """A number in a table."""

    value: int
    width: int = 4


class Writer:
    """The bytes so far."""

    def __init__(self) -> None:
        self.content = bytearray()

    def align(self, width: int = 8) -> None:
        self.content += bytes(-len(self.content) % width)

    def place(self, at: int, target: int) -> None:
        self.content[at : at + 4] = (target - at).to_bytes(4, "little")


def table(fields: Mapping[int, Number | Part]) -> Part:
    """A table with these fields by their numbers."""

    def write(writer: Writer) -> int:
        writer.align()
        places: dict[int, int] = {}
        position = 8  # keeps numbers of eight bytes aligned behind the offset of the list of fields
        for index, value in sorted(fields.items()):
            width = value.width if isinstance(value, Number) else 4
            position += -position % width
            places[index] = position
            position += width
        slots = [places.get(index, 0) for index in range(max(fields, default=-1) + 1)]
        listed = [4 + 2 * len(slots), position, *slots]
        start = len(writer.content)
        writer.content += b"".join(one.to_bytes(2, "little") for one in listed)
        writer.align()
        at = len(writer.content)
        writer.content += (at - start).to_bytes(4, "little", signed=True) + bytes(position - 4)
        for index, value in fields.items():
            if isinstance(value, Number):
                here = at + places[index]
                writer.content[here : here + value.width] = (
                    value.value % 2 ** (8 * value.width)
                ).to_bytes(value.width, "little")
        for index, value in fields.items():
            if not isinstance(value, Number):
                writer.place(at + places[index], value(writer))
        return at

    return write


def text(value: str | bytes) -> Part:
    """A string with the zero that ends it."""
    raw = value.encode() if isinstance(value, str) else value
    return lambda writer: _vector(writer, len(raw), raw + b"\0")


def numbers(*values: int, width: int = 4) -> Part:
    """A list of numbers."""
    raw = b"".join((value % 2 ** (8 * width)).to_bytes(width, "little") for value in values)
    return lambda writer: _vector(writer, len(values), raw)


def raw_bytes(content: bytes) -> Part:
    """A list of bytes, aligned as tensors are."""

    def write(writer: Writer) -> int:
        writer.content += bytes((12 - len(writer.content)) % 16)
        return _vector(writer, len(content), content)

    return write


def tables(*parts: Part) -> Part:
    """A list of tables."""

    def write(writer: Writer) -> int:
        at = _vector(writer, len(parts), bytes(4 * len(parts)))
        for index, part in enumerate(parts):
            here = at + 4 + 4 * index
            writer.place(here, part(writer))
        return at

    return write


def _vector(writer: Writer, count: int, raw: bytes) -> int:
    writer.align(4)
    at = len(writer.content)
    writer.content += count.to_bytes(4, "little") + raw
    return at


def finished(root: Part, mark: bytes) -> bytes:
    """The whole file, its mark behind the offset of its first table."""
    writer = Writer()
    writer.content += bytes(4) + mark
    writer.place(0, root(writer))
    writer.align(4)
    return bytes(writer.content)
