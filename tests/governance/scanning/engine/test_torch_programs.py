"""Programs in torch's archives: TorchScript beside the weights, and graphs of torch.export."""

from __future__ import annotations

import json

import pytest

from governance.scanning.engine import Verdict
from tests.governance.scanning.engine.making import (
    call,
    dumps,
    rules_of,
    scan_bytes,
    torch_zip,
    zipped,
)

MODEL = b"\x80\x02c__torch__.net\nNet\n)\x81}(X\x08\x00\x00\x00training\x89ub."
HARMLESS = """class Net(Module):
  __parameters__ = []
  training : bool
  def forward(self: __torch__.net.Net, x: Tensor) -> Tensor:
    fc = self.fc
    _0 = torch.relu((fc).forward(x, ))
    return torch.add(_0, CONSTANTS.c0)
"""


def scripted(source: str) -> bytes:
    return torch_zip(
        MODEL,
        {},
        {
            "archive/constants.pkl": b"\x80\x02).",
            "archive/code/__torch__/net.py": source.encode(),
        },
    )


def test_an_ordinary_program_is_safe():
    report = scan_bytes(scripted(HARMLESS))

    assert report.verdict is Verdict.SAFE
    assert "torch-zip" in report.formats


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('torch.from_file("/etc/passwd", True, 10)', "PKL-025"),
        ('torch.save(x, "/tmp/x")', "PKL-025"),
        ('ops.aten.from_file("x", True, 10)', "PKL-025"),
        ('ops.image.read_file("x")', "PKL-025"),
        ("ops.evil.run(x)", "PKL-026"),
        ("__torch__.torch.classes.evil.Thing.run(x)", "PKL-026"),
        ("os.system(x)", "PKL-026"),
        ("import socket", "PKL-026"),
        ('eval("1")', "PKL-026"),
        ("x ===", "PKL-027"),
    ],
)
def test_a_program_may_only_use_known_operations(line, rule):
    report = scan_bytes(scripted(HARMLESS + f"    {line}\n"))

    assert rule in rules_of(report)


def test_a_checkpoint_without_tensors_is_one_of_torch():
    report = scan_bytes(torch_zip(dumps({"epoch": 1}, 2), {}))

    assert report.verdict is Verdict.SAFE
    assert "torch-zip" in report.formats


def exported(node: dict, size: object = 2, raw: bytes = bytes(8)) -> bytes:
    weight = {
        "path_name": "weight_0",
        "is_param": True,
        "use_pickle": False,
        "tensor_meta": {"dtype": 7, "sizes": [{"as_int": size}]},
    }
    return zipped(
        {
            "m/archive_format": b"pt2",
            "m/models/model.json": json.dumps({"graph_module": {"nodes": [node]}}).encode(),
            "m/data/weights/model_weights_config.json": json.dumps(
                {"config": {"w": weight}}
            ).encode(),
            "m/data/weights/weight_0": raw,
        }
    )


LINEAR = {"target": "torch.ops.aten.linear.default", "inputs": []}


def test_raw_weights_of_an_exported_model_are_what_its_table_says():
    looks_bad = call("os", "system")[:8]

    assert scan_bytes(exported(LINEAR, raw=looks_bad)).verdict is Verdict.SAFE
    assert scan_bytes(exported(LINEAR, size=3, raw=b"\x01\x02" * 4)).verdict is not Verdict.SAFE


@pytest.mark.parametrize(
    ("node", "rule"),
    [
        ({"target": "torch.hub.load", "inputs": []}, "PKL-026"),
        ({"expr_str": "__import__('os').system('id')"}, "PKL-028"),
        ({"expr_str": "eval(s0)"}, "PKL-028"),
        ({"expr_str": "Symbol('eval(1)')"}, "PKL-028"),
        ({"expr_str": "s0*Max(2, s1) + 1"}, None),
        ({"expr_str": "2*Symbol('s77', positive=True, integer=True)"}, None),
    ],
)
def test_a_graph_names_known_operations_and_plain_arithmetic_only(node, rule):
    report = scan_bytes(exported(node))

    of_pickles = {one for one in rules_of(report) if one.startswith("PKL")}
    assert of_pickles == ({rule} if rule else set())
    assert (report.verdict is Verdict.SAFE) == (rule is None)
