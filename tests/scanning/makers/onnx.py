"""Models written by onnx, skl2onnx and torch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def _target(folder: Path, kind: str, name: str) -> Path:
    target = folder / kind / name
    target.mkdir(parents=True)
    return target


def graph(folder: Path) -> None:
    """Weights, a branch, a local function, text and metadata."""
    import numpy
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 4])
    z = helper.make_tensor_value_info("z", TensorProto.FLOAT, ["batch", 4])
    weights = numpy_helper.from_array(numpy.eye(4, dtype="float32"), "w")
    words = numpy_helper.from_array(numpy.array(["cat", "dog"], dtype=object), "words")
    then = helper.make_graph(
        [helper.make_node("Identity", ["y"], ["then"])],
        "then",
        [],
        [helper.make_tensor_value_info("then", 1, ["batch", 4])],
    )
    other = helper.make_graph(
        [helper.make_node("Neg", ["y"], ["other"])],
        "other",
        [],
        [helper.make_tensor_value_info("other", 1, ["batch", 4])],
    )
    flag = numpy_helper.from_array(numpy.array(True), "flag")
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["m"]),
        helper.make_node("Block", ["m"], ["y"], domain="local"),
        helper.make_node("If", ["flag"], ["z"], then_branch=then, else_branch=other),
    ]
    block = helper.make_function(
        "local",
        "Block",
        ["a"],
        ["b"],
        [helper.make_node("Relu", ["a"], ["b"])],
        [helper.make_opsetid("", 21)],
    )
    imports = [helper.make_opsetid("", 21), helper.make_opsetid("local", 1)]
    model = helper.make_model(
        helper.make_graph(nodes, "net", [x], [z], [weights, words, flag]),
        functions=[block],
        opset_imports=imports,
    )
    helper.set_model_props(model, {"author": "somebody", "names": "{0: 'cat'}"})
    onnx.checker.check_model(model)
    onnx.save(model, _target(folder, "benign", "graph") / "model.onnx")


def types(folder: Path) -> None:
    """Every type that a tensor may have, as raw bytes and as numbers."""
    import ml_dtypes
    import numpy
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    names = (
        "float16",
        "float32",
        "float64",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "bool",
        "complex64",
    )
    small = ("bfloat16", "float8_e4m3fn", "float8_e5m2", "int4", "uint4")
    arrays = [numpy.arange(6).astype(name) for name in names]
    arrays += [numpy.arange(5).astype(getattr(ml_dtypes, name)) for name in small]
    tensors = [numpy_helper.from_array(array, f"t{index}") for index, array in enumerate(arrays)]
    kinds = ("FLOAT", "INT64", "FLOAT16", "INT8", "DOUBLE", "UINT64", "INT4", "BOOL")
    tensors.extend(
        helper.make_tensor(f"n{kind}", TensorProto.DataType.Value(kind), [4], [1, 0, 1, 1])
        for kind in kinds
    )
    graph_made = helper.make_graph(
        [helper.make_node("Identity", ["t1"], ["y"])],
        "types",
        [],
        [helper.make_tensor_value_info("y", 1, None)],
        tensors,
    )
    onnx.save(helper.make_model(graph_made), _target(folder, "benign", "types") / "model.onnx")
    (_target(folder, "benign", "tensor") / "input_0.pb").write_bytes(tensors[0].SerializeToString())


def outside(folder: Path) -> None:
    """A model whose weights would be read from a place that is not its own."""
    import numpy
    from onnx import TensorProto, external_data_helper, helper, numpy_helper

    for name, location in (("upwards", "../../etc/passwd"), ("absolute", "/etc/passwd")):
        weights = numpy_helper.from_array(numpy.zeros(16, dtype="float32"), "w")
        external_data_helper.set_external_data(weights, location, offset=0, length=64)
        weights.ClearField("raw_data")
        weights.data_location = TensorProto.EXTERNAL
        made = helper.make_graph(
            [helper.make_node("Identity", ["w"], ["y"])],
            "g",
            [],
            [helper.make_tensor_value_info("y", 1, [16])],
            [weights],
        )
        (_target(folder, "malicious", name) / "model.onnx").write_bytes(
            helper.make_model(made).SerializeToString()
        )


def own_operator(folder: Path) -> None:
    """An operator that calls Python, inside a branch."""
    from onnx import helper

    output = helper.make_tensor_value_info("y", 1, None)
    inner = helper.make_graph(
        [helper.make_node("PyOp", [], ["y"], domain="pyopmulti_1", module="os", compute="system")],
        "inner",
        [],
        [output],
    )
    made = helper.make_graph([helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner)], "g",
                             [helper.make_tensor_value_info("x", 9, [])], [output])  # fmt: skip
    model = helper.make_model(made)
    (_target(folder, "malicious", "python") / "model.onnx").write_bytes(model.SerializeToString())


def classical(folder: Path) -> None:
    """Models of scikit-learn, converted."""
    import numpy
    from skl2onnx import to_onnx
    from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC

    features = numpy.random.default_rng(0).normal(size=(60, 4)).astype("float32")
    labels = (features[:, 0] > 0).astype(int)
    models = {
        "forest": RandomForestClassifier(4),
        "boosting": GradientBoostingRegressor(n_estimators=4),
        "pipeline": make_pipeline(StandardScaler(), LogisticRegression()),
        "svm": SVC(),
    }
    for name, model in models.items():
        model.fit(features, labels)
        converted = to_onnx(model, features[:1]).SerializeToString()
        (_target(folder, "benign", f"sklearn-{name}") / "model.onnx").write_bytes(converted)


def torch_network(folder: Path) -> None:
    """A small network by the older exporter of torch, which needs nothing but onnx."""
    import torch

    network = torch.nn.Sequential(
        torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.ReLU(), torch.nn.Flatten()
    ).eval()
    target = _target(folder, "benign", "torch") / "model.onnx"
    torch.onnx.export(network, (torch.zeros(1, 1, 8, 8),), str(target), dynamo=False)


MAKERS: dict[str, Callable[[Path], None]] = {
    "graph": graph,
    "types": types,
    "outside": outside,
    "own-operator": own_operator,
    "classical": classical,
    "torch-network": torch_network,
}
