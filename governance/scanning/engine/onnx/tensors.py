"""How many bytes a tensor of an ONNX model must have, and whether it has them."""

from __future__ import annotations

import math

from governance.scanning.engine.protobuf.message import Message

_BITS = {1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64, 14: 64, 15: 128, 16: 16,
         17: 8, 18: 8, 19: 8, 20: 8, 21: 4, 22: 4, 23: 4, 24: 8, 25: 2, 26: 2, 27: 6, 28: 6}  # fmt: skip
_STRING = 8
_FIELDS: dict[str, dict[int, float]] = {
    "float_data": {1: 1, 14: 2},
    "int32_data": {2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 9: 1, 10: 1, 16: 1, 17: 1, 18: 1, 19: 1, 20: 1, 24: 1,
                   21: 0.5, 22: 0.5, 23: 0.5, 25: 0.25, 26: 0.25, 27: 1, 28: 1},
    "string_data": {_STRING: 1},
    "int64_data": {7: 1},
    "double_data": {11: 1, 15: 2},
    "uint64_data": {12: 1, 13: 1},
}  # fmt: skip
"""In which field a type may be written, and how many numbers an item then takes."""
_MAX_RANK = 64
_MOST = 2**63


def needed(tensor: Message) -> int:
    """The bytes of a tensor's items; -1 for text, raises ValueError when type or shape are none."""
    kind = tensor.number("data_type")
    if tensor.counts.get("dims", 0) > _MAX_RANK:
        raise ValueError(f"it has more than {_MAX_RANK} dimensions")
    dims = tensor.numbers.get("dims", [])
    if any(size < 0 for size in dims):
        raise ValueError("a dimension is negative")
    count = math.prod(dims)
    if count >= _MOST:
        raise ValueError("it has more items than can be counted")
    if kind == _STRING:
        return -1
    if kind not in _BITS:
        raise ValueError(f"there is no type {kind}")
    return (count * _BITS[kind] + 7) // 8


def flaw(tensor: Message) -> str:
    """Why a tensor's own data is not what its type and shape need; empty when it is."""
    try:
        length = needed(tensor)
    except ValueError as reason:
        return str(reason)
    given = [name for name in (*_FIELDS, "raw_data") if name in tensor.counts]
    if len(given) > 1:
        return f"it has both {given[0]} and {given[1]}"
    if not given:
        return "it has no data" if count(tensor) else ""
    return _flaw_of(tensor, given[0], length)


def _flaw_of(tensor: Message, name: str, length: int) -> str:
    if name == "raw_data":
        has = tensor.length(name)
        if length < 0:
            return "text cannot be raw data"
        is_fit = has == length or (tensor.number("data_type") in (27, 28) and has == count(tensor))
        return "" if is_fit else f"it needs {length:,} bytes and has {has:,}"
    share = _FIELDS[name].get(tensor.number("data_type"))
    if share is None:
        return f"its type is not written as {name}"
    wanted, has = math.ceil(count(tensor) * share), tensor.counts[name]
    return "" if wanted == has else f"it needs {wanted:,} numbers and has {has:,}"


def count(tensor: Message) -> int:
    """The number of items that the shape asks for."""
    return math.prod(tensor.numbers.get("dims", []))
