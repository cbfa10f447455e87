"""Models of Keras: archives, H5 files and plain descriptions, written by hand as the library writes them."""

from __future__ import annotations

import base64
import json
import marshal
from collections.abc import Iterator
from typing import Any

from tests.scanning.hdf5_files import Group, hdf5
from tests.scanning.sample import Sample, benign, malformed, malicious
from tests.scanning.zips import zipped

Config = dict[str, Any]
_CODE = base64.b64encode(marshal.dumps(compile("lambda x: x", "<model>", "eval"))).decode() + "\n"
_METADATA = json.dumps({"keras_version": "3.15.1", "date_saved": "2026-11-01@10:00:00"})
_ADAM = {
    "module": "keras.optimizers",
    "class_name": "Adam",
    "config": {"name": "adam", "learning_rate": 0.001},
    "registered_name": None,
}


def layer(
    name: str, config: Config | None = None, module: str | None = "keras.layers", **more: Any
) -> Config:
    """A layer as Keras 3 writes it."""
    return {
        "module": module,
        "class_name": name,
        "config": config or {},
        "registered_name": None,
        **more,
    }


def model(*layers: Any, **more: Any) -> Config:
    """A sequential model of these layers."""
    first = layer("InputLayer", {"batch_shape": [None, 4], "dtype": "float32", "name": "input"})
    config = {"name": "sequential", "trainable": True, "layers": [first, *layers]}
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": config,
        "registered_name": None,
        **more,
    }


def archive(config: Any, **more: bytes) -> bytes:
    """A .keras archive; ``config`` is written as JSON unless it is bytes already."""
    written = config if isinstance(config, bytes) else json.dumps(config).encode()
    weights = hdf5(Group({"layers": Group({"dense": Group({"vars": Group({})})})}))
    members = {
        "metadata.json": _METADATA.encode(),
        "config.json": written,
        "model.weights.h5": weights,
    }
    return zipped({**members, **more})


def h5(config: Any, training: Any = None) -> bytes:
    """A model in the H5 form: its description stands in attributes."""
    attributes = {
        "keras_version": "2.15.0",
        "backend": "tensorflow",
        "model_config": json.dumps(config),
    }
    if training is not None:
        attributes["training_config"] = json.dumps(training)
    return hdf5(Group({"model_weights": Group({"dense": Group({})})}, attributes))


def old(name: str, config: Any) -> Config:
    """A layer as Keras 2 writes it into H5 files."""
    return {
        "class_name": "Sequential",
        "config": {"name": "s", "layers": [{"class_name": name, "config": config}]},
    }


def function(module: str, name: str) -> Config:
    """A function by its name."""
    return {"module": module, "class_name": "function", "config": name, "registered_name": name}


_DENSE = layer("Dense", {"name": "dense", "units": 2, "activation": "relu", "kernel_initializer": {
    "module": "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": None}, "registered_name": None}})  # fmt: skip
_LAMBDA = layer("Lambda", {"name": "l", "function": {"class_name": "__lambda__", "config": {"code": _CODE, "defaults": None, "closure": None}}})  # fmt: skip

BENIGN: dict[str, Any] = {
    "dense": model(_DENSE),
    "compiled": model(_DENSE, compile_config={"optimizer": _ADAM, "loss": "mse", "metrics": ["mae"]}),
    "nested": model(model(_DENSE), layer("Bidirectional", {"layer": layer("LSTM", {"units": 3})})),
    "activation-object": model(layer("Dense", {"units": 1, "activation": function("builtins", "softmax")})),
    "activation-path": model(layer("Activation", {"activation": function("keras.activations", "gelu")})),
    "operation": model(layer("Relu", {"name": "relu"}, "keras.src.ops.nn", registered_name="Relu")),
    "vocabulary-list": model(layer("StringLookup", {"vocabulary": ["os.system", "import", "__lambda__ x"]})),
    "dtype-policy": model(layer("Dense", {"dtype": layer("DTypePolicy", {"name": "float32"}, "keras")})),
    "hub-backbone": {"module": "keras_hub.src.models.gemma.gemma_backbone", "class_name": "GemmaBackbone",
                     "config": {"vocabulary_size": 10}, "registered_name": "keras_hub>GemmaBackbone"},
    "layer-called-lambda": model(layer("Dense", {"name": "lambda_exec_os_system", "units": 1})),
}  # fmt: skip
MALICIOUS: dict[str, Any] = {
    "lambda": model(_LAMBDA),
    "lambda-nested": model(layer("TimeDistributed", {"layer": _LAMBDA})),
    "lambda-in-a-string": model(layer("Dense", {"note": json.dumps(_LAMBDA)})),
    "lambda-old": model(layer("Lambda", {"function": [_CODE, None, None], "function_type": "lambda"})),
    "lambda-without-code": model(layer("Lambda", {"function": function("builtins", "my_function")})),
    "code-in-base64": model(layer("Dense", {"kernel_regularizer": _CODE})),
    "module-os": model(layer("system", {"command": "id"}, "os")),
    "function-os": model(layer("Activation", {"activation": function("os", "system")})),
    "module-subprocess": {"module": "subprocess", "class_name": "Popen", "config": {"args": ["id"]}},
    "builtins-exec": model(layer("Activation", {"activation": function("builtins", "exec")})),
    "get-file": model(layer("Activation", {"activation": function("keras.utils", "get_file")})),
    "get-file-inside": model(layer("Lambda", {"function": function("keras.src.utils.file_utils", "get_file")})),
    "unsafe-switch": model(layer("Activation", {"activation": function("keras.config", "enable_unsafe_deserialization")})),
    "load-model": model(layer("Activation", {"activation": function("keras.models", "load_model")})),
    "func-load": model(layer("Activation", {"activation": function("keras.src.utils.python_utils", "func_load")})),
    "custom-layer": model(layer("Mine", {}, "mine.layers", registered_name="mine>Mine")),
    "custom-under-a-builtin-name": model(layer("Dense", {}, "keras.layers", registered_name="evil>Dense")),
    "custom-module": model(layer("Dense", {}, "my_package.layers")),
    "private-module-of-keras": model(layer("Dense", {}, "keras.src.saving.serialization_lib")),
    "vocabulary-file": model(layer("StringLookup", {"vocabulary": "/etc/passwd"})),
    "vocabulary-address": model(layer("TextVectorization", {"vocabulary": "https://203.0.113.9/v.txt"})),
    "vocabulary-neighbour": model(layer("IntegerLookup", {"vocabulary": "vocabulary.txt"})),
    "torch-wrapper": model(layer("TorchModuleWrapper", {"module": base64.b64encode(b"PK\3\4").decode()})),
    "saved-model-layer": model(layer("TFSMLayer", {"filepath": "../other"})),
    "jax-layer": model(layer("JaxLayer", {"call_fn": function("mine", "call")})),
    "pickle-in-base64": model(layer("Dense", {"note": base64.b64encode(b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R.").decode()})),
    "metric-function": model(_DENSE, compile_config={"metrics": [function("os", "getcwd")]}),
    "import-key": model(layer("Dense", {"config": {"import": "os.system"}})),
    "typespec": model({"class_name": "__typespec__", "spec_name": "Popen", "module": "subprocess",
                       "registered_name": None, "config": []}),
}  # fmt: skip
_OLD_BENIGN = {
    "h5-dense": old("Dense", {"units": 1, "activation": "linear", "kernel_initializer": {"class_name": "Zeros", "config": {}}}),
    "h5-operation": old("TFOpLambda", {"name": "tf.math.add", "function": "math.add"}),
    "h5-older-operation": old("TFOpLambda", {"name": "x", "function": "compat.v1.transpose"}),
    "h5-slice": old("SlicingOpLambda", {"name": "x", "function": "__operators__.getitem"}),
    "h5-cudnn": old("CuDNNLSTM", {"units": 3}),
}  # fmt: skip
_OLD_MALICIOUS = {
    "h5-lambda": old("Lambda", {"function": [_CODE, None, None], "function_type": "lambda", "module": "__main__"}),
    "h5-custom": old("MyLayer", {}),
    "h5-read-file": old("TFOpLambda", {"name": "x", "function": "io.read_file"}),
    "h5-py-function": old("TFOpLambda", {"name": "x", "function": "py_function"}),
    "h5-raw-operation": old("TFOpLambda", {"name": "x", "function": "raw_ops.WriteFile"}),
    "h5-write-file-as-a-slice": old("SlicingOpLambda", {"name": "x", "function": "io.write_file"}),
    "h5-older-file": old("TFOpLambda", {"name": "x", "function": "compat.v1.io.read_file"}),
    "h5-hub": old("KerasLayer", {"handle": "https://203.0.113.9/m"}),
}  # fmt: skip


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for name, config in BENIGN.items():
        yield benign(name, "model.keras", archive(config))
    for name, config in MALICIOUS.items():
        yield malicious(name, "model.keras", archive(config))
    for name, config in _OLD_BENIGN.items():
        yield benign(
            name,
            "model.h5",
            h5(config, {"loss": "mse", "optimizer_config": {"class_name": "Adam", "config": {}}}),
        )
    for name, config in _OLD_MALICIOUS.items():
        yield malicious(name, "model.h5", h5(config))
    yield benign("json-alone", "config.json", json.dumps(model(_DENSE)).encode())
    yield malicious("json-alone-lambda", "config.json", json.dumps(model(_LAMBDA)).encode())
    yield malicious(
        "tfjs-lambda",
        "model.json",
        json.dumps({"modelTopology": {"model_config": model(_LAMBDA)}}).encode(),
    )
    yield malicious("h5-training-lambda", "model.h5", h5(old("Dense", {}), {"loss": _LAMBDA}))
    twice = json.dumps(model(_DENSE)).replace(
        '"class_name": "Dense"', '"class_name": "Lambda", "class_name": "Dense"'
    )
    yield malicious("class-named-twice", "model.keras", archive(twice.encode()))
    whole = archive(model(_DENSE))
    yield malformed("cut", "model.keras", whole[:-40])
    yield malformed(
        "description-cut", "model.keras", archive(json.dumps(model(_DENSE)).encode()[:-9])
    )
    yield malformed(
        "description-missing",
        "model.keras",
        zipped({"metadata.json": _METADATA.encode(), "model.weights.h5": hdf5(Group({}))}),
    )
    yield malformed(
        "weights-cut",
        "model.keras",
        archive(model(_DENSE), **{"model.weights.h5": hdf5(Group({"a": Group({})}))[:-30]}),
    )
    yield malformed(
        "weights-are-no-hdf5",
        "model.keras",
        archive(model(_DENSE), **{"model.weights.h5": b"weights"}),
    )
    yield malformed("description-is-a-list", "model.keras", archive([1, 2]))
    yield malformed(
        "h5-description-cut", "model.h5", hdf5(Group({}, {"model_config": '{"class_name": "Seq'}))
    )
