"""Weights in files without a form of their own: told from everything that is not numbers."""

from __future__ import annotations

import random
import struct
import zlib

import pytest

from governance.scanning.engine import Verdict
from governance.scanning.engine.numbers import is_numbers
from governance.scanning.engine.reader import BytesReader
from tests.governance.scanning.engine.making import scan_bytes

CHANCE = random.Random(1)
NORMAL = [CHANCE.gauss(0, 0.02) for _ in range(20_000)]
FLOATS = struct.pack("<20000f", *NORMAL)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(FLOATS, id="single"),
        pytest.param(struct.pack("<20000e", *NORMAL), id="half"),
        pytest.param(struct.pack("<20000d", *NORMAL), id="double"),
        pytest.param(
            b"".join(FLOATS[at + 2 : at + 4] for at in range(0, len(FLOATS), 4)), id="brain"
        ),
        pytest.param(struct.pack("<16f", *range(16)), id="few"),
        pytest.param(struct.pack("<512q", *range(-256, 256)), id="whole numbers"),
        pytest.param(bytes(32768) + FLOATS, id="zeros and numbers"),
    ],
)
def test_numbers_in_a_row_are_safe(content):
    report = scan_bytes(content)

    assert report.formats == ("numbers",)
    assert report.verdict is Verdict.SAFE


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(CHANCE.randbytes(80_000), id="chance"),
        pytest.param(zlib.compress(FLOATS)[2:], id="packed"),
        pytest.param(FLOATS + CHANCE.randbytes(65536), id="chance behind numbers"),
        pytest.param(FLOATS[:16384] + b"\x48\x31\xc0\x50\x48\xbf\x2f\x62\x69\x6e\x2f\x2f\x73\x68\x57\x54" * 1024, id="program behind numbers"),
        pytest.param(bytes(100_000), id="zeros"),
        pytest.param(FLOATS[:32], id="too few"),
        pytest.param(bytes(one ^ 0x5A for one in FLOATS), id="disguised"),
    ],
)  # fmt: skip
def test_anything_else_is_not_called_numbers(content):
    assert not is_numbers(BytesReader(content))
    assert scan_bytes(content).verdict is not Verdict.SAFE
