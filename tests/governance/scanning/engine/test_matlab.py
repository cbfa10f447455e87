"""Files of MATLAB: what their lengths say is believed only where it fits."""

from __future__ import annotations

import json
import struct

import pytest

from governance.scanning.engine import Verdict
from tests.governance.scanning.engine.making import rules_of, safetensors, scan_bytes, tensor
from tests.scanning.corpus.matlab import CELL, HEADER, NUMBERS, OLD, STRUCTURE, array, packed

WHOLE = HEADER + packed(STRUCTURE) + CELL + NUMBERS


@pytest.mark.parametrize("cut", range(1, len(WHOLE) - len(HEADER), 13))
def test_a_lost_ending_is_noticed_unless_whole_arrays_are_lost(cut):
    left = WHOLE[:-cut]
    is_whole = left == HEADER or left in (WHOLE[: -len(NUMBERS)], WHOLE[: -len(CELL + NUMBERS)])

    assert (scan_bytes(left).verdict is Verdict.SAFE) == is_whole


def test_an_old_file_of_another_byte_order_is_read():
    big = struct.pack(">5I", 1000, 1, 1, 0, 2) + b"x\0" + struct.pack(">d", 1)

    assert scan_bytes(big).verdict is Verdict.SAFE
    assert scan_bytes(OLD + big).verdict is Verdict.SAFE


def test_cells_inside_cells_are_followed_only_so_deep():
    inner = NUMBERS
    for _ in range(600):
        inner = array(1, inner, shape=(1, 1))

    assert rules_of(scan_bytes(HEADER + inner)) == {"MAT-001"}


def test_a_secret_in_a_text_is_found():
    key = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    text = array(4, struct.pack("<II", 16, len(key)) + key.encode() + bytes(-len(key) % 8))

    assert any(rule.startswith("SEC") for rule in rules_of(scan_bytes(HEADER + packed(text))))


@pytest.mark.parametrize("length", [0x180, 0x280, 0x380, 0x480, 0x580, 0xA58])
def test_a_header_whose_length_begins_like_another_format_is_no_such_file(length):
    report = scan_bytes(safetensors(json.dumps({"w": tensor(0, 8)}).ljust(length), bytes(8)))

    assert report.formats == ("safetensors",)
    assert report.verdict is Verdict.SAFE


def test_a_pickle_that_stops_at_once_and_is_nothing_else_stays_a_broken_pickle():
    assert rules_of(scan_bytes(b"\x80\x04\0" + bytes(20))) == {"PKL-014"}
