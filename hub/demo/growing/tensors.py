"""Writing safetensors with nothing but the standard library.

The format: eight bytes with the header's length (little endian), a JSON header, then the tensors one after another.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

ALIGNMENT = 8
CODES = {"F32": "f", "I8": "b"}


@dataclass(frozen=True, slots=True)
class Tensor:
    """Numbers row by row, and the shape that they have."""

    values: array[float] | array[int]
    shape: tuple[int, ...]

    @property
    def type(self) -> str:
        """What the format calls the numbers."""
        return next(name for name, code in CODES.items() if code == self.values.typecode)


def matrix(rows: list[list[float]]) -> Tensor:
    """Rows of equal length as 32-bit floats."""
    values = array("f", (value for row in rows for value in row))
    return Tensor(values, (len(rows), len(rows[0])))


def vector(values: list[float]) -> Tensor:
    """One row of 32-bit floats."""
    return Tensor(array("f", values), (len(values),))


def as_safetensors(tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> bytes:
    """The bytes of a file with these tensors: the same for the same numbers, on every machine."""
    header: dict[str, object] = {"__metadata__": dict(sorted(metadata.items()))}
    chunks, offset = [], 0
    for name, tensor in tensors.items():
        data = _little_endian(tensor.values)
        header[name] = {
            "dtype": tensor.type,
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(data)],
        }
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNMENT)
    return len(text).to_bytes(8, "little") + text + b"".join(chunks)


def _little_endian(values: array[float] | array[int]) -> bytes:
    if array("H", [1]).tobytes() == b"\x01\x00":
        return values.tobytes()
    turned = array(values.typecode, values)
    turned.byteswap()
    return turned.tobytes()
