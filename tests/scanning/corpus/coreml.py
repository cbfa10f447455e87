"""Core ML models and their weights: networks, pipelines and programs, and what they take from elsewhere."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious
from tests.scanning.wire import Value, entry, field, message

DESCRIPTION = message(
    (1, message((1, "x"), (3, field(2, b"")))),
    (10, message((1, "y"))),
    (100, message((1, "A net"), (3, "me"))),
)
GLM, PIPELINE, NETWORK, PROGRAM, CUSTOM, LINKED, SERIALIZED = 300, 202, 500, 502, 555, 556, 3000


def model(
    kind: int, content: bytes, *rest: tuple[int, Value], description: bytes = DESCRIPTION
) -> bytes:
    return message((1, 5), (2, description), *rest, (kind, content))


def layer(kind: int, content: bytes) -> bytes:
    return message((1, "ip"), (2, "x"), (3, "y"), (kind, content))


def network(*layers: bytes) -> bytes:
    return b"".join(field(1, one) for one in layers)


def program(weights: str = "@model_path/weights/weight.bin", operation: str = "relu") -> bytes:
    value = message((2, field(1, message((1, 11), (2, 1)))), (5, message((1, weights), (2, 64))))
    constant = message((1, "const"), (3, field(1, "w")), (5, entry("val", value)))
    block = message(
        (2, "y"),
        (3, constant),
        (3, message((1, operation), (2, entry("x", field(1, field(1, "w")))))),
    )
    function = message((2, "CoreML5"), (3, entry("CoreML5", block)))
    return message((1, 1), (2, entry("main", function)))


def weights(
    *blocks: bytes, count: int | None = None, mark: int = 0xDEADBEEF, version: int = 2
) -> bytes:
    written = struct.pack("<II56x", len(blocks) if count is None else count, version)
    for block in blocks:
        written += bytes(-len(written) % 64)
        written += struct.pack("<IIQQQ32x", mark, 1, len(block), len(written) + 64, 0) + block
    return written


PLAIN = model(NETWORK, network(layer(140, message((1, 3), (2, 1)))))


def _benign() -> Iterator[Sample]:
    yield benign("network", "model.mlmodel", PLAIN)
    yield benign("linear", "model.mlmodel", model(GLM, field(1, field(1, b"\0" * 8))))
    yield benign("pipeline", "model.mlmodel", model(PIPELINE, field(1, PLAIN) + field(2, "first")))
    yield benign("program", "model.mlmodel", model(PROGRAM, program()))
    yield benign(
        "branches",
        "model.mlmodel",
        model(NETWORK, network(layer(605, field(1, network(layer(130, b"")))))),
    )
    yield benign("weights", "weights/weight.bin", weights(bytes(8), bytes(200)))
    yield benign("one-weight", "weights/weight.bin", weights(bytes(3)))


def _malicious() -> Iterator[Sample]:
    custom = message((10, "EvilLayer"), (30, entry("command", field(20, "id"))), (40, "x"))
    yield malicious(
        "own-layer", "model.mlmodel", model(NETWORK, network(layer(140, b""), layer(500, custom)))
    )
    yield malicious(
        "own-layer-in-a-branch",
        "model.mlmodel",
        model(NETWORK, network(layer(605, field(2, network(layer(500, custom)))))),
    )
    yield malicious(
        "own-layer-in-a-loop",
        "model.mlmodel",
        model(NETWORK, network(layer(615, field(4, network(layer(500, custom)))))),
    )
    yield malicious("own-model", "model.mlmodel", model(CUSTOM, message((10, "Evil"))))
    yield malicious(
        "own-model-in-a-pipeline",
        "model.mlmodel",
        model(PIPELINE, field(1, PLAIN) + field(1, model(CUSTOM, message((10, "Evil"))))),
    )
    yield malicious(
        "link", "model.mlmodel", model(LINKED, field(1, message((1, field(1, "other.mlmodelc")))))
    )
    yield malicious(
        "link-outside",
        "model.mlmodel",
        model(LINKED, field(1, message((1, field(1, "x")), (2, field(1, "../../Library"))))),
    )
    yield malicious(
        "weights-outside",
        "model.mlmodel",
        model(PROGRAM, program("@model_path/../../../etc/passwd")),
    )
    yield malicious("weights-elsewhere", "model.mlmodel", model(PROGRAM, program("/etc/passwd")))
    yield malicious(
        "own-operation", "model.mlmodel", model(PROGRAM, program(operation="custom_op"))
    )
    script = message((100, message((1, "<script>alert(1)</script>"))))
    yield malicious(
        "script-in-the-description",
        "model.mlmodel",
        model(GLM, b"", description=DESCRIPTION + script),
    )
    yield malicious("hidden-bytes", "model.mlmodel", PLAIN + field(7777, b"\x7fELF" * 30))
    yield malicious("bytes-behind-weights", "weight.bin", weights(bytes(64)) + b"\x7fELF" * 40)


def _malformed() -> Iterator[Sample]:
    yield malformed("cut", "model.mlmodel", PLAIN[:-3])
    yield malformed("followed-by-zeros", "model.mlmodel", PLAIN + bytes(3))
    yield malformed("group", "model.mlmodel", PLAIN + b"\x0b\x0c")
    yield malformed(
        "serialized", "model.mlmodel", model(SERIALIZED, message((1, "x"), (2, b"abc")))
    )
    yield malformed("weights-cut", "weight.bin", weights(bytes(64), bytes(64))[:-10])
    yield malformed("weights-miscounted", "weight.bin", weights(bytes(64), count=2**31))
    yield malformed(
        "weights-unmarked",
        "weight.bin",
        weights(bytes(64), bytes(64)).replace(b"\xef\xbe\xad\xde", b"XXXX"),
    )
    yield malformed("weights-of-another-version", "weight.bin", weights(bytes(64), version=9))


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _benign()
    yield from _malicious()
    yield from _malformed()
