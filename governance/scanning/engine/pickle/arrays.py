"""How many bytes a NumPy array takes, as a pickle describes its type; joblib puts them right behind the description.

Joblib's own unpickler, on finishing an array's wrapper, reads the array's bytes from the file before it goes on, so the
next operation stands behind them. Every lie about their number would make it go on from somewhere else.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from governance.scanning.engine.pickle.values import Global, Items, Made, Mapping, Value

DTYPE = ("numpy", "dtype")
WRAPPERS = frozenset(
    {
        ("joblib.numpy_pickle", "NumpyArrayWrapper"),
        ("sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper"),
    }
)
_KIND = re.compile(r"([biufcSUVOMm])([0-9]{1,9})")
_FLEXIBLE = "SUV"
_HAS_OBJECTS = 1
_NESTED = 16
_STATE = 8
_MAX_COUNT = 2**62
MAX_PADDING = 16


class Unclear(Exception):
    """It cannot be told how many bytes an array takes."""


class Lie(Exception):
    """The description contradicts itself, so that readers go on from different places."""


@dataclass(frozen=True, slots=True)
class ItemType:
    """One item of an array: its width, and whether it is a Python object that is pickled in turn."""

    width: int
    has_objects: bool


@dataclass(frozen=True, slots=True)
class RawArray:
    """What joblib reads behind a wrapper: a byte that counts padding, the padding, then ``length`` bytes."""

    length: int
    is_padded: bool
    has_objects: bool
    subclass: Value


def is_wrapper(value: Value) -> bool:
    """Whether joblib would read an array's bytes now that this object has its state."""
    return (
        isinstance(value, Made)
        and value.of is not None
        and (value.of.module, value.of.name) in WRAPPERS
    )


def raw_array(wrapper: Made) -> RawArray:
    """What follows a wrapper; raises Unclear or Lie."""
    state = wrapper.state
    if not isinstance(state, Mapping):
        raise Unclear("the wrapper of an array says nothing")
    item = item_type(state.get("dtype"))
    count = math.prod(_shape(state.get("shape")))
    if count * max(1, item.width) > _MAX_COUNT:
        raise Lie("the sizes of an array overflow")
    alignment = state.get("numpy_array_alignment_bytes")
    if not (alignment is None or (type(alignment) is int and 0 < alignment <= MAX_PADDING)):
        raise Unclear("an array is aligned in an unusual way")
    return RawArray(
        count * item.width,
        is_padded=alignment is not None and not item.has_objects,
        has_objects=item.has_objects,
        subclass=state.get("subclass"),
    )


def _shape(shape: Value) -> list[int]:
    if not isinstance(shape, Items) or shape.kind != "tuple":
        raise Unclear("the shape of an array is missing")
    counts = [one for one in shape.items if type(one) is int and one >= 0]
    if len(counts) < len(shape.items):
        raise Unclear("the shape of an array is no row of counts")
    return counts


def item_type(dtype: Value, depth: int = 0) -> ItemType:
    """Width and kind of one item from the pickled form of a dtype; raises Unclear or Lie."""
    kind, width = _kind(dtype)
    assert isinstance(dtype, Made)
    state = dtype.state
    if state is None:
        return ItemType(width, kind == "O")
    if not (isinstance(state, Items) and state.kind == "tuple" and len(state.items) >= _STATE):
        raise Unclear("the type of an array is described in an unusual way")
    within, fields, size, flags = (state.items[index] for index in (2, 4, 5, 7))
    if type(size) is not int or type(flags) is not int:
        raise Unclear("the type of an array has no size")
    if kind in _FLEXIBLE and size >= 0:
        width = size
    if depth >= _NESTED:
        raise Unclear("the type of an array is nested too deep")
    has_objects = kind == "O" or any(
        item_type(part, depth + 1).has_objects for part in _parts(within, fields)
    )
    if has_objects != bool(flags & _HAS_OBJECTS):
        raise Lie("the type of an array hides whether its items are objects")
    return ItemType(width, has_objects)


def _kind(dtype: Value) -> tuple[str, int]:
    """The letter and the width that a dtype is made from, as in ``dtype('f8')``."""
    if not (isinstance(dtype, Made) and isinstance(dtype.of, Global)):
        raise Unclear("the type of an array is missing")
    arguments = dtype.arguments
    text = arguments.items[0] if isinstance(arguments, Items) and arguments.items else None
    match = _KIND.fullmatch(text) if isinstance(text, str) else None
    if (dtype.of.module, dtype.of.name) != DTYPE or match is None:
        raise Unclear("the type of an array is not written plainly")
    width = int(match.group(2))
    return match.group(1), width * 4 if match.group(1) == "U" else width


def _parts(within: Value, fields: Value) -> list[Value]:
    """The types that a type is made of: the one it repeats, or those of its fields."""
    parts: list[Value] = [within] if within is not None else []
    if isinstance(fields, Mapping):
        parts += fields.flat[1::2]
    elif fields is not None:
        raise Unclear("the fields of an array's type are missing")
    if not all(isinstance(part, Items) and part.items for part in parts):
        raise Unclear("the fields of an array's type are described in an unusual way")
    return [part.items[0] for part in parts if isinstance(part, Items)]
