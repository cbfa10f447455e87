"""Datatypes and shapes, as far as it takes to know where bytes are and whether they are text."""

from __future__ import annotations

import math
from dataclasses import dataclass

from governance.scanning.engine.hdf5.source import Broken, Fields

INTEGER, FLOAT, TIME, STRING, BITS, OPAQUE, COMPOUND, REFERENCE, ENUM, VLEN, ARRAY, COMPLEX = range(
    12
)
_MOST_DIMENSIONS = 33


@dataclass(frozen=True, slots=True)
class Kind:
    """A datatype: its class, the bytes an item takes, and the class of what a list of any length holds."""

    of: int
    size: int
    is_text: bool = False
    base: int = -1
    base_size: int = 0

    @property
    def may_hold_a_file(self) -> bool:
        """Strings, and bytes of no further meaning."""
        return self.of in (STRING, OPAQUE) or (self.of == INTEGER and self.size == 1)

    @property
    def is_list(self) -> bool:
        """Whether items only point into the global heap."""
        return self.of == VLEN


def kind_of(fields: Fields) -> Kind:
    """The datatype that begins here; raises Broken."""
    first = fields.number(1)
    of, version = first & 15, first >> 4
    bits = fields.number(3)
    size = fields.number(4)
    if of > COMPLEX or not 1 <= version <= 5 or size == 0:
        raise Broken(f"{fields.what} has an impossible datatype")
    if of == VLEN:
        base = kind_of_base(fields)
        return Kind(of, size, is_text=bits & 15 == 1, base=base[0], base_size=base[1])
    return Kind(of, size, is_text=of == STRING)


def kind_of_base(fields: Fields) -> tuple[int, int]:
    """Class and size of the datatype on which another one rests."""
    first = fields.number(1)
    fields.take(3)
    return first & 15, fields.number(4)


def shape_of(fields: Fields) -> tuple[int, ...] | None:
    """The dimensions of a dataspace; None where it holds nothing."""
    version = fields.version(1, 2)
    rank, flags = fields.number(1), fields.number(1)
    if version == 1:
        fields.take(5)
    elif fields.number(1) == 2:
        return None
    if rank > _MOST_DIMENSIONS:
        raise Broken(f"{fields.what} has {rank} dimensions")
    found = tuple(fields.length() for _ in range(rank))
    if flags & 1:
        for _ in range(rank):
            fields.length()
    return found


def count_of(shape: tuple[int, ...] | None) -> int:
    """The number of items; a shape without dimensions holds one."""
    return 0 if shape is None else math.prod(shape)
