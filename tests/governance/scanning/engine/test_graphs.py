"""ONNX, GGUF and TensorFlow's graphs: the rules that a corpus does not show, and how little of a large file is read."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from governance.scanning.engine import Verdict
from governance.scanning.engine.context import Entry, judge
from governance.scanning.engine.onnx.operators import Reach, reach
from governance.scanning.engine.places import beside, leads_out
from governance.scanning.engine.telltales import telltales
from governance.scanning.engine.tensorflow.operators import opinion
from tests.governance.scanning.engine.making import rules_of, scan_bytes
from tests.scanning.corpus import gguf, onnx, tensorflow
from tests.scanning.wire import field

TWENTY_GIB = 20 * 1024**3


def scan_sparse(path: Path, head: bytes, size: int):
    """Scan a file of which only the beginning takes up space."""
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return _scan_without_digest(descriptor)
    finally:
        os.close(descriptor)


def _scan_without_digest(descriptor: int):
    """What the analysers read, without the sum over all bytes that every scan ends with."""
    from governance.scanning.engine import scanner
    from governance.scanning.engine.budget import Budget, Meter
    from governance.scanning.engine.collector import Collector
    from governance.scanning.engine.reader import FdReader

    reader = FdReader(descriptor)
    collector = Collector()
    scanner._Scan(collector, Meter(Budget(), reader.size)).examine(reader, "", 0)
    return collector.report(sha256="0" * 64, size=reader.size, bytes_read=reader.bytes_read)


def test_twenty_gibibytes_of_safetensors_take_megabytes_of_reading(tmp_path):
    header = b'{"layer.weight":{"dtype":"U8","shape":[%d],"data_offsets":[0,%d]}}' % (
        TWENTY_GIB,
        TWENTY_GIB,
    )
    head = struct.pack("<Q", len(header)) + header

    report = scan_sparse(tmp_path / "large", head, len(head) + TWENTY_GIB)

    assert report.verdict is Verdict.SAFE
    assert report.bytes_read < 4_000_000


def test_twenty_gibibytes_of_gguf_take_megabytes_of_reading(tmp_path):
    head = gguf.W.file([gguf.ARCHITECTURE], [gguf.W.tensor("w", [TWENTY_GIB // 4], gguf.F32, 0)])

    report = scan_sparse(tmp_path / "large", head, len(head) + TWENTY_GIB)

    assert report.verdict is Verdict.SAFE
    assert report.formats == ("gguf",)
    assert report.bytes_read < 4_000_000


@pytest.mark.parametrize(
    ("domain", "operator", "expected"),
    [
        ("", "Conv", Reach.KNOWN),
        ("ai.onnx", "Einsum", Reach.KNOWN),
        ("com.microsoft", "GroupQueryAttention", Reach.KNOWN),
        ("com.microsoft.extensions", "BertTokenizer", Reach.KNOWN),
        ("ai.onnx.ml", "Conv", Reach.UNKNOWN),
        ("", "Convolve", Reach.UNKNOWN),
        ("example", "Conv", Reach.UNKNOWN),
        ("example", "Execute_System", Reach.CODE),
        ("pyopfoo", "Add", Reach.CODE),
        ("com.microsoft", "EPContext", Reach.COMPILED),
    ],
)
def test_an_operator_reaches_as_far_as_its_full_name_says(domain, operator, expected):
    assert reach(domain, operator) is expected


@pytest.mark.parametrize("operator", ["SaveV2", "RestoreV2", "MergeV2Checkpoints", "StaticRegexFullMatch", "MatMul", "_Retval",
                                      "InitializeTableFromTextFileV2", "SentencepieceOp"])  # fmt: skip
def test_what_saved_models_are_made_of_is_nothing_special(operator):
    assert opinion(operator) is None


@pytest.mark.parametrize(
    "name",
    [
        "w.bin",
        "data/w.bin",
        "./w.bin",
        "a b.data",
        "model.onnx.data",
        "gewicht-ä",
        "...data",
        "a..b",
    ],
)
def test_a_plain_name_stays_in_its_folder(name):
    assert not leads_out(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/w",
        "../w",
        "a/../../w",
        "a\\b",
        "c:w",
        "http://x/y",
        "~/w",
        "w\0",
        "w\n",
        "..",
        "a/.. /b",
        "*",
        "x" * 5000,
    ],
)
def test_any_other_name_leads_out(name):
    assert leads_out(name)


def test_a_name_is_looked_up_beside_the_file_that_gives_it():
    assert beside("onnx/model.onnx", "./data/w.bin") == "onnx/data/w.bin"
    assert beside("model.onnx", "w.bin") == "w.bin"


@pytest.mark.parametrize(
    "text",
    ["model.eval()", "Use os.path to find it", "import torch", "see https://example.org/exec", "exec summary (short)",
     'File "/usr/lib/python3.11/site-packages/torch/nn/functional.py", line 3, in conv2d', "curl it up | share it", "online = true"],
)  # fmt: skip
def test_ordinary_words_are_no_program(text):
    assert telltales(text) == []


def test_outside_data_must_be_there_and_long_enough():
    entry = Entry("sub/model.onnx", 1, ("onnx",), {"external_files_0": ("100:w.bin", "8:v.bin")})
    large, small = (
        Entry(f"sub/{name}", size, ("unknown",)) for name, size in (("w.bin", 100), ("v.bin", 8))
    )

    def rules(*entries: Entry) -> set[str]:
        return {finding.rule for finding in judge(entries)["sub/model.onnx"].findings}

    assert rules(entry, large, small) == set()
    assert rules(entry, large) == {"CTX-020"}
    assert rules(entry, large, Entry("v.bin", 8, ("unknown",))) == {"CTX-020"}
    assert rules(entry, Entry("sub/w.bin", 99, ("unknown",)), small) == {"CTX-020"}


def test_a_cut_model_is_still_judged_by_what_came_before():
    content = onnx.model(
        onnx.graph(
            onnx.node("PyOp", "pyop_1"), tensors=(onnx.tensor("w", [4000], raw=bytes(16000)),)
        )
    )

    report = scan_bytes(content[:-8000])

    assert report.verdict is Verdict.DANGEROUS
    assert rules_of(report) >= {"ONX-001", "ONX-007"}


def test_a_function_does_not_hide_an_operator_that_reaches_out():
    graph = tensorflow.graph(
        tensorflow.node("ReadFile"),
        functions=(tensorflow.function("ReadFile", tensorflow.node("Add")),),
    )

    assert "TFG-004" in rules_of(scan_bytes(graph))


def test_an_unknown_field_of_the_first_message_does_not_hide_the_rest():
    assert "ONX-007" in rules_of(
        scan_bytes(field(500, 1) + onnx.model(onnx.graph(onnx.node("PyOp"))))
    )
