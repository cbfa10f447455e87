"""MessagePack as Flax and spaCy write it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def _write(folder: Path, kind: str, name: str, value: Any) -> None:
    import msgpack

    target = folder / kind / name
    target.mkdir(parents=True)
    (target / "flax_model.msgpack").write_bytes(msgpack.packb(value, use_bin_type=True))


def _array(array: Any) -> Any:
    import msgpack

    parts = (array.shape, array.dtype.name, array.tobytes("C"))
    return msgpack.ExtType(1, msgpack.packb(parts, use_bin_type=True))


def weights(folder: Path) -> None:
    """Arrays of several types, whole and in pieces."""
    import numpy

    kinds = {
        kind: _array(numpy.ones((2, 3), dtype=kind))
        for kind in ("float32", "float16", "int8", "bool", "uint32")
    }
    _write(
        folder,
        "benign",
        "kinds",
        {"params": {"dense": kinds}, "step": 3, "rate": 0.5, "nothing": None},
    )
    chunks = {"0": _array(numpy.zeros(2)), "1": _array(numpy.zeros(1))}
    pieces = {"__msgpack_chunked_array__": True, "shape": {"0": 3}, "chunks": chunks}
    _write(folder, "benign", "pieces", {"kernel": pieces})
    _write(folder, "benign", "rows", {2**63 + number: number for number in range(20)})


def objects(folder: Path) -> None:
    """An array that msgpack-numpy would unpickle."""
    content = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R."
    _write(
        folder,
        "malicious",
        "objects",
        {"a": {b"nd": True, b"type": "|O", b"kind": b"O", b"shape": [1], b"data": content}},
    )


MAKERS: dict[str, Callable[[Path], None]] = {"weights": weights, "objects": objects}
