"""MessagePack: weights of Flax, models of spaCy, and what hides in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.scanning.sample import Sample, benign, malformed, malicious

_PICKLE = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R."


class Ext:
    """An extension: its type and bytes."""

    def __init__(self, code: int, content: bytes) -> None:
        self.code, self.content = code, content


def packed(value: Any) -> bytes:
    """MessagePack of plain values."""
    if isinstance(value, dict):
        return b"\xde" + _two(value) + b"".join(packed(k) + packed(v) for k, v in value.items())
    if isinstance(value, list):
        return b"\xdc" + _two(value) + b"".join(map(packed, value))
    if isinstance(value, bytes):
        return b"\xc5" + _two(value) + value
    if isinstance(value, Ext):
        return b"\xc8" + _two(value.content) + bytes([value.code & 255]) + value.content
    return _simple(value)


def _simple(value: Any) -> bytes:
    if value is None or isinstance(value, bool):
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        return bytes([value]) if 0 <= value < 128 else b"\xcf" + value.to_bytes(8, "big")
    encoded = value.encode()
    mark = bytes([0xA0 | len(encoded)]) if len(encoded) < 32 else b"\xda" + _two(encoded)
    return bytes(mark + encoded)


def _two(sized: Any) -> bytes:
    return len(sized).to_bytes(2, "big")


def array(shape: list[int], kind: str, content: bytes) -> Ext:
    """An array as Flax writes it."""
    return Ext(1, packed([shape, kind, content]))


_WEIGHTS = {
    "params": {
        "dense": {
            "kernel": array([2, 2], "float32", bytes(16)),
            "bias": array([2], "float32", bytes(8)),
        }
    }
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    whole = packed(_WEIGHTS)
    yield benign("flax", "flax_model.msgpack", whole)
    yield benign(
        "flax-scalars",
        "flax_model.msgpack",
        packed({"step": Ext(3, packed([[], "int32", bytes(4)])), "a": None}),
    )
    yield benign(
        "flax-bfloat16", "flax_model.msgpack", packed({"a": array([3], "bfloat16", bytes(6))})
    )
    yield benign("flax-chunks", "flax_model.msgpack", packed({"a": {"__msgpack_chunked_array__": True, "shape": {"0": 1},
                 "chunks": {"0": array([1], "int8", b"\0")}}}))  # fmt: skip
    yield benign(
        "thinc",
        "model",
        packed(
            {
                "nodes": [],
                "params": [
                    {
                        "W": {
                            b"nd": True,
                            b"type": "<f4",
                            b"kind": b"",
                            b"shape": [1],
                            b"data": bytes(4),
                        }
                    }
                ],
            }
        ),
    )
    yield benign("rows", "key2row", packed({2**63 + number: number for number in range(9)}))
    yield benign(
        "names-that-look-bad",
        "flax_model.msgpack",
        packed({"os.system": {"__reduce__": array([1], "int8", b"\0")}}),
    )
    objects = {b"nd": True, b"type": "|O", b"kind": b"O", b"shape": [1], b"data": _PICKLE}
    yield malicious("array-of-objects", "flax_model.msgpack", packed({"a": objects}))
    yield malicious(
        "array-of-objects-in-text-keys",
        "model.msgpack",
        packed({"a": {"nd": True, "kind": "O", "data": b"x"}}),
    )
    yield malicious("pickle-in-bytes", "flax_model.msgpack", packed({"a": _PICKLE}))
    yield malicious("pickle-in-an-extension", "flax_model.msgpack", packed({"a": Ext(42, _PICKLE)}))
    yield malicious("unknown-extension", "flax_model.msgpack", packed({"a": Ext(99, b"abc")}))
    yield malicious(
        "array-named-objects", "flax_model.msgpack", packed({"a": array([1], "object", bytes(8))})
    )
    yield malicious("pickle-behind", "flax_model.msgpack", whole + _PICKLE)
    yield malicious("name-twice", "flax_model.msgpack", b"\x82" + 2 * (packed("name") + packed(1)))
    for cut in (1, len(whole) // 2, 9):
        yield malformed(f"cut-{cut}", "flax_model.msgpack", whole[:-cut])
    yield malformed(
        "array-too-short", "flax_model.msgpack", packed({"params": array([3], "float32", bytes(8))})
    )
    yield malformed(
        "impossible-shape",
        "flax_model.msgpack",
        packed({"params": array([2**63], "float32", bytes(8))}),
    )
    yield malformed(
        "huge-count", "flax_model.msgpack", b"\x81" + packed("params") + b"\xdd\xff\xff\xff\xff"
    )
    yield malformed(
        "huge-length", "flax_model.msgpack", b"\x81" + packed("params") + b"\xc6\xff\xff\xff\xff"
    )
    yield malformed(
        "too-deep", "flax_model.msgpack", b"\x81" + packed("params") + b"\x91" * 5000 + b"\xc0"
    )
    yield malformed("reserved-byte", "flax_model.msgpack", b"\x81" + packed("params") + b"\xc1")
