"""TensorFlow's graphs in all their forms: what exporters write, operators that reach out, and broken ones."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious
from tests.scanning.wire import Value, entry, field, message

FLOAT, STRING = 1, 7


def shape(*sizes: int) -> bytes:
    return b"".join(field(2, message((1, size))) for size in sizes)


def tensor(*sizes: int, content: bytes, kind: int = FLOAT) -> bytes:
    return message((1, kind), (2, shape(*sizes)), (4, content))


def node(operator: str, name: str = "n", **attributes: bytes) -> bytes:
    return message(
        (1, name),
        (2, operator),
        (3, "x"),
        *((5, entry(key, value)) for key, value in attributes.items()),
    )


CONSTANT = node("Const", "c", value=field(8, tensor(2, 2, content=bytes(16))), dtype=field(6, 1))


def function(name: str, *nodes: bytes) -> bytes:
    return message(
        (1, message((1, name), (2, message((1, "x"), (3, 1))))),
        *((3, one) for one in nodes),
        (4, entry("y", "n:0")),
    )


def graph(*nodes: bytes, functions: tuple[bytes, ...] = ()) -> bytes:
    library: list[tuple[int, Value]] = (
        [(2, b"".join(field(1, one) for one in functions))] if functions else []
    )
    return message(*((1, one) for one in nodes), *library, (4, message((1, 1645), (2, 12))))


def meta_graph(content: bytes, *rest: tuple[int, Value]) -> bytes:
    info = message((4, "serve"), (5, "2.21.0"), (6, "v2.21.0-rc1"))
    saver = message((1, "saver_filename:0"), (2, "StatefulPartitionedCall_1:0"), (7, 2))
    signature = entry(
        "serving_default",
        message((1, entry("x", message((1, "x:0"), (2, 1)))), (3, "tensorflow/serving/predict")),
    )
    return message((1, info), (2, content), (3, saver), (5, signature), *rest)


def saved_model(*meta_graphs: bytes) -> bytes:
    return message((1, 1), *((2, one) for one in meta_graphs))


def keras(*configurations: object) -> bytes:
    objects = (
        message(
            (2, index),
            (3, "root.layer"),
            (4, "_tf_keras_layer"),
            (5, json.dumps(one)),
            (6, message((1, 2), (2, 1))),
        )
        for index, one in enumerate(configurations)
    )
    return b"".join(field(1, one) for one in objects)


SAVER = (
    node("SaveV2"),
    node("RestoreV2"),
    node("MergeV2Checkpoints"),
    node("ShardedFilename"),
    node("StaticRegexFullMatch"),
)
SERVING = graph(
    node("Placeholder", "x"), node("VarHandleOp"), node("ReadVariableOp"), node("StatefulPartitionedCall", f=field(10, message((1, "__inference_1")))),
    *SAVER, functions=(function("__inference_1", node("MatMul"), node("BiasAdd")),),
)  # fmt: skip
DENSE = {"class_name": "Dense", "config": {"name": "dense", "units": 3, "activation": "relu"}}
TEXT_NODE = 'node {{\n  name: "n"\n  op: "{0}"\n  attr {{ key: "T" value {{ type: DT_FLOAT }} }}\n}}\nversions {{ producer: 1645 }}\n'


def _benign() -> Iterator[Sample]:
    yield benign("saved-model", "saved_model.pb", saved_model(meta_graph(SERVING)))
    yield benign(
        "saved-model-with-two-graphs",
        "saved_model.pb",
        saved_model(meta_graph(SERVING), meta_graph(graph(CONSTANT))),
    )
    yield benign(
        "saved-model-with-assets",
        "saved_model.pb",
        saved_model(
            meta_graph(SERVING, (6, message((1, message((1, "asset:0"))), (2, "vocab.txt"))))
        ),
    )
    yield benign(
        "saved-model-with-collections",
        "saved_model.pb",
        saved_model(meta_graph(SERVING, (4, entry("variables", field(2, field(1, b"\n\x01v")))))),
    )
    yield benign(
        "frozen-graph",
        "frozen_inference_graph.pb",
        graph(node("Placeholder"), CONSTANT, node("Conv2D"), node("NonMaxSuppressionV5")),
    )
    yield benign("one-node", "graph.pb", graph(CONSTANT))
    yield benign(
        "meta-graph",
        "model.ckpt.meta",
        meta_graph(graph(node("VariableV2"), node("Assign"), *SAVER)),
    )
    yield benign("text-of-a-graph", "graph.pbtxt", TEXT_NODE.format("MatMul").encode())
    yield benign(
        "text-of-a-saved-model",
        "saved_model.pbtxt",
        (
            "saved_model_schema_version: 1\nmeta_graphs {\n graph_def {\n"
            + TEXT_NODE.format("SaveV2")
            + "}\n}\n"
        ).encode(),
    )
    yield benign(
        "keras-metadata",
        "keras_metadata.pb",
        keras({"class_name": "Sequential", "config": {"name": "s", "layers": [DENSE]}}, DENSE),
    )
    yield benign(
        "fingerprint",
        "fingerprint.pb",
        message(
            (1, 2**63 + 11),
            (2, 2**62 + 3),
            (3, 2**61),
            (4, 2**60 + 5),
            (5, 2**63 - 9),
            (6, message((1, 1))),
        ),
    )
    yield benign(
        "checkpoint-state",
        "checkpoint",
        b'model_checkpoint_path: "model.ckpt-100"\nall_model_checkpoint_paths: "model.ckpt-100"\n',
    )
    yield benign(
        "label-map",
        "label_map.pbtxt",
        b"item {\n  id: 1\n  name: 'cat'\n}\nitem {\n  id: 2\n  name: 'dog'\n}\n",
    )
    yield benign(
        "serving-settings",
        "config.pbtxt",
        b'name: "net"\nplatform: "tensorflow_savedmodel"\nmax_batch_size: 8\ninput [ { name: "x" data_type: TYPE_FP32 dims: [ 4 ] } ]\n',
    )
    yield benign(
        "function-as-operator",
        "graph.pb",
        graph(node("my_layer"), functions=(function("my_layer", node("Relu")),)),
    )
    yield benign(
        "strings",
        "graph.pb",
        graph(
            node(
                "Const",
                "c",
                value=field(
                    8, message((1, STRING), (2, shape(2)), (8, b"PyFunc"), (8, b"/etc/passwd"))
                ),
            )
        ),
    )
    yield benign("print", "graph.pb", graph(node("PrintV2", output_stream=field(2, "stderr"))))


OPERATORS = [
    "PyFunc",
    "PyFuncStateless",
    "EagerPyFunc",
    "ReadFile",
    "WriteFile",
    "MatchingFiles",
    "MatchingFilesDataset",
    "CreateSummaryFileWriter",
    "DebugIdentityV2",
    "RpcCall",
    "DataServiceDatasetV2",
    "ImmutableConst",
    "SqlDataset",
    "SaveDatasetV2",
    "TFRecordDataset",
    "XlaCustomCallV2",
    "RemoteCall",
    "ShellExecute",
    "LoadLibrary",
    "CustomThing",
]


def _malicious() -> Iterator[Sample]:
    for operator in OPERATORS:
        yield malicious(
            f"operator-{operator.lower()}",
            "saved_model.pb",
            saved_model(meta_graph(graph(node("Placeholder"), node(operator)))),
        )
    bad = node("PyFunc", token=field(2, "pyfunc_0"))
    yield malicious(
        "in-a-function",
        "saved_model.pb",
        saved_model(meta_graph(graph(node("Add"), functions=(function("f", node("Add"), bad),)))),
    )
    yield malicious(
        "in-the-second-graph",
        "saved_model.pb",
        saved_model(meta_graph(SERVING), meta_graph(graph(bad))),
    )
    yield malicious("in-a-frozen-graph", "graph.pb", graph(CONSTANT, node("ReadFile")))
    yield malicious("in-a-meta-graph", "model.meta", meta_graph(graph(node("WriteFile"))))
    yield malicious("in-text", "graph.pbtxt", TEXT_NODE.format("PyFunc").encode())
    yield malicious(
        "in-text-with-escapes", "graph.pbtxt", TEXT_NODE.format("\\120\\x79Func").encode()
    )
    yield malicious("in-text-in-pieces", "graph.pbtxt", TEXT_NODE.format('Py" "Func').encode())
    yield malicious(
        "in-text-with-other-brackets",
        "graph.pbtxt",
        b"# a graph\nnode <name: 'n' op: 'ReadFile'>\n",
    )
    yield malicious(
        "in-text-of-a-library",
        "graph.pbtxt",
        b'library { function { signature { name: "f" } node_def { name: "n" op: "WriteFile" } } }\n',
    )
    yield malicious(
        "graph-after-a-strange-field",
        "saved_model.pb",
        field(99, b"x") + saved_model(meta_graph(graph(bad))),
    )
    yield malicious("twice-an-operator", "graph.pb", graph(node("Add") + field(2, "PyFunc")))
    yield malicious(
        "asset-upwards",
        "saved_model.pb",
        saved_model(meta_graph(SERVING, (6, message((2, "../../../etc/passwd"))))),
    )
    yield malicious(
        "asset-elsewhere",
        "saved_model.pb",
        saved_model(meta_graph(SERVING, (6, message((2, "/etc/passwd"))))),
    )
    yield malicious(
        "prints-to-a-file",
        "graph.pb",
        graph(node("PrintV2", output_stream=field(2, "file:///tmp/x"))),
    )
    yield malicious(
        "debugs-to-a-machine",
        "graph.pb",
        graph(node("DebugIdentity", debug_urls=field(1, field(2, "grpc://203.0.113.18:1")))),
    )
    yield malicious(
        "describes-itself-by-a-file",
        "graph.pb",
        graph(node("DecodeProtoV2", descriptor_source=field(2, "/etc/passwd"))),
    )
    yield malicious(
        "hidden-bytes",
        "saved_model.pb",
        saved_model(meta_graph(SERVING)) + field(77, b"\x7fELF" * 30),
    )
    lambda_layer = {
        "class_name": "Lambda",
        "config": {"function": ["4wEAAAAAAAA=", None, None], "function_type": "lambda"},
    }
    yield malicious(
        "lambda-in-metadata",
        "keras_metadata.pb",
        keras({"class_name": "Sequential", "config": {"layers": [DENSE, lambda_layer]}}),
    )
    yield malicious(
        "lambda-in-the-object-graph",
        "saved_model.pb",
        saved_model(
            meta_graph(
                SERVING,
                (
                    7,
                    field(
                        1, field(4, message((1, "_tf_keras_layer"), (3, json.dumps(lambda_layer))))
                    ),
                ),
            )
        ),
    )


def _malformed() -> Iterator[Sample]:
    whole = saved_model(meta_graph(SERVING))
    yield malformed("cut", "saved_model.pb", whole[:-9])
    yield malformed("cut-early", "saved_model.pb", whole[: len(whole) // 2])
    yield malformed("followed-by-zeros", "saved_model.pb", whole + bytes(4))
    yield malformed("cut-graph", "graph.pb", graph(CONSTANT, node("Conv2D"))[:-3])
    yield malformed(
        "constant-too-short",
        "graph.pb",
        graph(node("Const", "c", value=field(8, tensor(4, 4, content=bytes(16))))),
    )
    yield malformed(
        "constant-of-negative-size",
        "graph.pb",
        graph(node("Const", "c", value=field(8, tensor(-4, content=bytes(16))))),
    )
    yield malformed("text-cut", "graph.pbtxt", TEXT_NODE.format("MatMul")[:40].encode())
    yield malformed(
        "text-with-loose-ends", "graph.pbtxt", (TEXT_NODE.format("MatMul") + "}\n").encode()
    )
    yield malformed("metadata-cut", "keras_metadata.pb", keras(DENSE)[:-20])
    yield malformed(
        "metadata-is-no-description",
        "keras_metadata.pb",
        keras(DENSE).replace(b'"class_name"', b'"class_name!'),
    )
    yield malformed("group", "graph.pb", graph(CONSTANT) + b"\x0b\x0c")
    yield malformed(
        "name-is-no-text", "graph.pb", graph(CONSTANT, message((1, b"\xff\xfe"), (2, "Add")))
    )


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _benign()
    yield from _malicious()
    yield from _malformed()
