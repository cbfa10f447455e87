"""Bytes that nobody meant: nothing escapes, and plain data stays safe."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.scanning.engine import Budget, Verdict, scan
from governance.scanning.engine.reader import BytesReader
from tests.governance.scanning.engine.making import (
    Calls,
    dumps,
    safetensors,
    scan_bytes,
    tensor,
    torch_data,
    torch_zip,
    zipped,
)

BUDGET = Budget(opcodes=20_000, members=50, inflated_floor=2_000_000)
SEEDS = [
    dumps({"a": [1, 2], "b": Calls(os.system, "id")}, 2),
    dumps([{"x": (1, None, b"bytes")}] * 3, 4),
    torch_zip(torch_data(("0", 2)), {"0": bytes(8)}),
    zipped({"a.pkl": dumps([1]), "b.txt": b"text"}),
    safetensors({"w": tensor(0, 8)}, bytes(8)),
    b'{"auto_map": {"AutoModel": "m.C"}, "chat_template": "{{ x }}"}',
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.dates()
    | st.decimals(allow_nan=False)
    | st.uuids()
    | st.complex_numbers(allow_nan=False)
)
PLAIN = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(), inner)
        | st.frozensets(st.integers())
        | st.sets(st.text())
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(PLAIN, st.integers(0, 5))
def test_plain_data_is_safe(value, protocol):
    assert scan_bytes(dumps(value, protocol)).verdict is Verdict.SAFE


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_end_in_a_report(content):
    report = scan(BytesReader(content), budget=BUDGET)

    assert "SCN-001" not in {finding.rule for finding in report.findings}


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4), st.integers(0, 4)), max_size=6),
)
def test_damaged_files_end_in_a_report(seed, changes):
    content = seed
    for place, added, removed in changes:
        at = int(place * len(content))
        content = content[:at] + added + content[at + removed :]

    report = scan(BytesReader(content), budget=BUDGET)

    assert "SCN-001" not in {finding.rule for finding in report.findings}
    assert len(report.to_json().encode()) <= 1024 * 1024
