"""safetensors and their indexes: the strict form, and every way of hiding something in a lenient one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.governance.scanning.engine.making import safetensors, tensor
from tests.scanning.sample import Expected, Sample, benign, malformed, malicious

ONE = {"w": tensor(0, 8)}
PATH = "model.safetensors"


def index(files: Mapping[str, str]) -> bytes:
    return json.dumps({"metadata": {"total_size": 16}, "weight_map": files}).encode()


def of_type(dtype: str, shape: list[int], length: int) -> bytes:
    return safetensors({"w": tensor(0, length, dtype=dtype, shape=shape)}, bytes(length))


def _benign() -> Iterator[Sample]:
    yield benign("plain", PATH, safetensors({"__metadata__": {"format": "pt"}, **ONE}, bytes(8)))
    for length, like in ((0x280, "a-pickle"), (0x480, "a-pickle-of-today"), (0xA58, "r")):
        header = json.dumps(ONE).ljust(length)
        yield benign(f"length-like-{like}", PATH, safetensors(header, bytes(8)))
    yield benign("empty", PATH, safetensors({}))
    yield benign("padded", PATH, safetensors(json.dumps(ONE) + "     ", bytes(8)))
    sizes = {"BOOL": 8, "U8": 8, "I16": 16, "F16": 16, "BF16": 16, "I32": 32, "F64": 64, "C64": 64, "F8_E5M2": 8, "F8_E4M3": 8,
             "F8_E8M0": 8, "F4": 4, "F6_E2M3": 6, "F8_E4M3FNUZ": 8}  # fmt: skip
    for dtype, bits in sizes.items():
        yield benign(f"type-{dtype.lower()}", PATH, of_type(dtype, [4, 4], 2 * bits))
    yield benign(
        "no-items",
        PATH,
        safetensors({"a": tensor(0, 0, shape=[0, 4]), "b": tensor(0, 8)}, bytes(8)),
    )
    yield benign("scalar", PATH, safetensors({"a": tensor(0, 4, shape=[])}, bytes(4)))
    yield benign(
        "names-of-the-world",
        PATH,
        safetensors({"gewicht.ä": tensor(0, 8), "权重": tensor(8, 16)}, bytes(16)),
    )
    training = {
        "ss_network_args": json.dumps({"conv_dim": 4}),
        "modelspec.title": "A LoRA: see https://example.org",
        "eval": "eval(model)",
    }
    yield benign(
        "training-metadata", PATH, safetensors({"__metadata__": training, **ONE}, bytes(8))
    )
    shard = safetensors(ONE, bytes(8))
    files = {"model-00001-of-00002.safetensors": shard, "model-00002-of-00002.safetensors": shard}
    listed = index(
        {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    )
    yield Sample("index", Expected.BENIGN, {"model.safetensors.index.json": listed, **files})
    yield benign("index-alone", "model.safetensors.index.json", listed)


def _malicious() -> Iterator[Sample]:
    hidden = b"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02id\x85R."
    yield malicious("pickle-behind", PATH, safetensors(ONE, bytes(8) + hidden))
    yield malicious(
        "pickle-in-a-gap",
        PATH,
        safetensors(
            {"a": tensor(0, 8), "b": tensor(8 + len(hidden), 16 + len(hidden))},
            bytes(8) + hidden + bytes(8),
        ),
    )
    yield malicious(
        "pickle-in-front",
        PATH,
        safetensors({"a": tensor(len(hidden), 8 + len(hidden))}, hidden + bytes(8)),
    )
    yield malicious(
        "overlap", PATH, safetensors({"a": tensor(0, 8), "b": tensor(4, 12)}, bytes(12))
    )
    yield malicious(
        "same-name-twice",
        PATH,
        safetensors(
            '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
            b"x",
        ),
    )
    yield malicious(
        "same-name-spelled-out",
        PATH,
        safetensors(
            '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0061":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
            b"x",
        ),
    )
    yield malicious(
        "metadata-twice", PATH, safetensors('{"__metadata__":{"a":"b"},"__metadata__":{"a":"c"}}')
    )
    yield malicious(
        "program-in-the-metadata",
        PATH,
        safetensors({"__metadata__": {"run": "__import__('os').system('id')"}, **ONE}, bytes(8)),
    )
    yield malicious(
        "script-in-the-metadata",
        PATH,
        safetensors({"__metadata__": {"title": "<script>alert(1)</script>"}, **ONE}, bytes(8)),
    )
    yield malicious(
        "another-field", PATH, safetensors({"w": {**tensor(0, 8), "code": "import os"}}, bytes(8))
    )
    yield malicious("pickle-by-that-name", PATH, hidden)
    yield malicious("archive-behind", PATH, safetensors(ONE, bytes(8) + b"PK\x05\x06" + bytes(18)))
    yield malicious("index-upwards", "model.safetensors.index.json", index({"a": "../../evil.bin"}))
    yield malicious("index-elsewhere", "model.safetensors.index.json", index({"a": "/etc/passwd"}))
    yield malicious(
        "index-of-an-address", "model.safetensors.index.json", index({"a": "http://203.0.113.18/x"})
    )


def _malformed() -> Iterator[Sample]:
    whole = safetensors(ONE, bytes(8))
    yield malformed("cut", PATH, whole[:-1])
    yield malformed("cut-header", PATH, whole[:20])
    yield malformed("longer-than-the-file", PATH, safetensors(ONE, bytes(8), length=2**40))
    yield malformed(
        "longer-than-allowed", PATH, (100_000_001).to_bytes(8, "little") + b"{" + bytes(200)
    )
    yield malformed("no-object", PATH, safetensors("[1, 2]"))
    yield malformed("no-json", PATH, safetensors('{"a": }'))
    yield malformed(
        "no-number",
        PATH,
        safetensors('{"a":{"dtype":"U8","shape":[NaN],"data_offsets":[0,1]}}', b"x"),
    )
    yield malformed(
        "fraction",
        PATH,
        safetensors('{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}', b"x"),
    )
    yield malformed("negative", PATH, safetensors({"a": tensor(0, 8, shape=[-2])}, bytes(8)))
    yield malformed("wrong-length", PATH, of_type("F32", [3], 8))
    yield malformed("half-a-byte", PATH, of_type("F4", [3], 2))
    yield malformed("no-such-type", PATH, of_type("F3", [8], 8))
    yield malformed(
        "backwards",
        PATH,
        safetensors({"a": {"dtype": "U8", "shape": [0], "data_offsets": [8, 0]}}, bytes(8)),
    )
    yield malformed("overflow", PATH, of_type("U8", [2**63, 2], 8))
    yield malformed(
        "half-a-character",
        PATH,
        safetensors('{"\\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', b"x"),
    )
    yield malformed(
        "numbers-in-the-metadata", PATH, safetensors({"__metadata__": {"a": 1}, **ONE}, bytes(8))
    )
    yield malformed("missing-field", PATH, safetensors('{"a":{"dtype":"U8","shape":[1]}}', b"x"))
    shard: dict[str, Any] = {"model-1.safetensors": safetensors(ONE, bytes(8))}
    listed = index({"a": "model-1.safetensors", "b": "model-2.safetensors"})
    yield Sample(
        "part-missing", Expected.MALFORMED, {"model.safetensors.index.json": listed, **shard}
    )


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _benign()
    yield from _malicious()
    yield from _malformed()
