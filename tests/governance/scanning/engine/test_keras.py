"""Descriptions of Keras models: names that are known, names that are not, and programs in disguise."""

from __future__ import annotations

import json

import pytest

from governance.scanning.engine import Verdict
from governance.scanning.engine.keras import modules
from tests.governance.scanning.engine.making import rules_of, scan_bytes
from tests.scanning.corpus.keras import archive, function, h5, layer, model, old


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("keras.layers", "Dense"),
        ("keras.src.layers.core.dense", "Dense"),
        ("keras.src.engine.sequential", "Sequential"),
        ("tf_keras.src.layers.rnn.lstm", "LSTM"),
        ("tensorflow.keras.layers", "Conv2D"),
        ("keras.src.ops.numpy", "Add"),
        ("keras.src.backend.torch.optimizers.torch_adam", "Adam"),
        (None, "BatchNormalization"),
    ],
)
def test_classes_of_keras_are_known(module, name):
    assert modules.knows_class(module, name)
    assert module is None or not modules.denied(module, name)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("keras.layers", "os"),
        ("keras.layers.evil", "Evil"),
        ("kerasevil.layers", "Dense"),
        ("keras.layers\n", "Dense"),
        ("keras..layers", "Dense"),
        ("evil.keras.layers", "Dense"),
        ("keras.src.saving.serialization_lib", "Dense"),
        ("keras.layers", "TFSMLayer"),
        (None, "system"),
    ],
)
def test_other_classes_are_not_known(module, name):
    assert not modules.knows_class(module, name)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("posix", "system"),
        ("subprocess", "Popen"),
        ("builtins", "eval"),
        ("importlib", "import_module"),
        ("keras.utils", "get_file"),
        ("keras.src.utils.file_utils", "get_file"),
        ("keras.config", "enable_unsafe_deserialization"),
        ("keras.src.saving.saving_lib", "load_model"),
        ("keras.models", "load_model"),
        ("tensorflow.io", "read_file"),
        ("torch.hub", "load"),
        ("pickle", "loads"),
    ],
)
def test_what_a_model_never_needs_is_denied(module, name):
    assert modules.denied(module, name)


@pytest.mark.parametrize(
    "name", ["math.add", "nn.relu", "reshape", "compat.v1.transpose", "__operators__.getitem"]
)
def test_operations_that_compute_are_known(name):
    assert modules.knows_operation(name)


@pytest.mark.parametrize(
    "name",
    ["io.write_file", "compat.v1.io.read_file", "raw_ops.PyFunc", "py_function", "keras.utils.get_file", "math.py_function"],
)  # fmt: skip
def test_operations_that_reach_out_are_not_known(name):
    assert not modules.knows_operation(name)


def test_a_finding_says_where_it_stands():
    report = scan_bytes(archive(model(layer("Lambda", {"function": function("os", "system")}))))

    assert report.verdict is Verdict.DANGEROUS
    assert {finding.where for finding in report.findings} == {"config.json"}
    assert "keras" in report.formats


def test_the_description_is_judged_wherever_the_attribute_stands():
    report = scan_bytes(h5(old("Lambda", {"function": ["4wEAAAAA", None, None]})))

    assert "KER-001" in rules_of(report)
    assert "keras-h5" in report.formats


@pytest.mark.parametrize("depth", [50, 390])
def test_layers_deep_inside_others_are_judged(depth):
    inner = layer("Lambda", {"function_type": "lambda", "function": "x"})
    for _ in range(depth // 2):
        inner = layer("TimeDistributed", {"layer": inner})

    assert "KER-001" in rules_of(scan_bytes(h5(inner)))


def test_what_is_too_deep_is_never_safe():
    text = '{"class_name":"Dense","config":' * 900 + "1" + "}" * 900

    assert scan_bytes(text.encode()).verdict is not Verdict.SAFE
    assert scan_bytes(archive(text.encode())).verdict is not Verdict.SAFE


def test_json_inside_texts_is_judged():
    hidden = json.dumps({"class_name": "__lambda__", "config": {"value": "x"}})

    assert "KER-001" in rules_of(
        scan_bytes(archive(model(layer("Dense", {"note": json.dumps([hidden])}))))
    )
