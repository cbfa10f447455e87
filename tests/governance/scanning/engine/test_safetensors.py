"""safetensors files that keep to the specification, and each way of not doing so."""

from __future__ import annotations

import time

import pytest

from governance.scanning.engine import Verdict
from tests.governance.scanning.engine.making import rules_of, safetensors, scan_bytes, tensor

TWO = {"a": tensor(0, 8), "b": tensor(8, 16)}


def test_a_well_formed_file_is_safe_and_counted():
    report = scan_bytes(safetensors({"__metadata__": {"format": "pt"}, **TWO}, bytes(16)))

    assert report.verdict is Verdict.SAFE
    assert report.formats == ("safetensors",)
    assert dict(report.facts) == {"tensors": 2, "parameters": 4}


def test_padding_after_the_header_is_allowed():
    assert scan_bytes(
        safetensors('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}   ', b"x")
    ).verdict is (Verdict.SAFE)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        pytest.param(safetensors({"a": tensor(0, 8), "b": tensor(4, 12)}, bytes(12)), "SFT-004", id="overlap"),
        pytest.param(safetensors({"a": tensor(0, 8), "b": tensor(12, 20)}, bytes(20)), "SFT-005", id="gap"),
        pytest.param(safetensors({"a": tensor(4, 12)}, bytes(12)), "SFT-005", id="gap at the start"),
        pytest.param(safetensors(TWO, bytes(24)), "SFT-005", id="trailing bytes"),
        pytest.param(safetensors(TWO, bytes(12)), "SFT-003", id="too short"),
        pytest.param(
            safetensors('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{}}', b"x"), "SFT-002", id="twice"
        ),
        pytest.param(
            safetensors('{"a":{"dtype":"U8","dtype":"F32","shape":[1],"data_offsets":[0,1]}}', b"x"),
            "SFT-002",
            id="a key of a tensor twice",
        ),
        pytest.param(safetensors(TWO, bytes(16), length=10**6), "SFT-001", id="length beyond the file"),
        pytest.param(safetensors(TWO, bytes(16), length=20), "SFT-001", id="length inside the header"),
        pytest.param(safetensors({"a": tensor(0, 8, dtype="F64")}, bytes(8)), "SFT-003", id="dtype does not fit"),
        pytest.param(safetensors({"a": tensor(0, 8, dtype="PICKLE")}, bytes(8)), "SFT-003", id="no such dtype"),
        pytest.param(safetensors({"a": tensor(0, 8, shape=[-2])}, bytes(8)), "SFT-003", id="negative shape"),
        pytest.param(safetensors({"a": tensor(0, 8, shape=[True, 2])}, bytes(8)), "SFT-003", id="boolean shape"),
        pytest.param(safetensors({"a": tensor(0, 8, shape=[2**64] * 60)}, bytes(8)), "SFT-003", id="huge shape"),
        pytest.param(safetensors({"a": {**tensor(0, 8), "code": "x"}}, bytes(8)), "SFT-003", id="another key"),
        pytest.param(safetensors({"__metadata__": {"a": {"b": 1}}, **TWO}, bytes(16)), "SFT-006", id="metadata"),
        pytest.param(safetensors('{"a":NaN}'), "SFT-001", id="not JSON"),
        pytest.param(safetensors("{" + '"a":{' * 5000), "SFT-001", id="too deep"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_a_rule_is_suspicious(content, rule):
    report = scan_bytes(content)

    assert rules_of(report) == {rule}
    assert report.verdict is Verdict.SUSPICIOUS


def test_ninety_megabytes_take_less_than_a_second():
    size = 90_000_000
    content = safetensors({"a": tensor(0, size)}, bytes(size))

    started = time.process_time()
    report = scan_bytes(content)

    assert report.verdict is Verdict.SAFE
    assert report.bytes_read < 4_000_000
    assert time.process_time() - started < 2  # the digest of all bytes is a part of it
